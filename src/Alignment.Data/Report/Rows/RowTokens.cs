namespace Alignment.Data.Reports;

/// <summary>A row as ids, or why it has none.</summary>
/// <param name="Prompt">The ids of the prompt; empty where the row has none.</param>
/// <param name="Responses">The ids of each response.</param>
/// <param name="Refusal">What the encoder said, where it took exception to the row.</param>
internal sealed record RowTokens(IReadOnlyList<int> Prompt, IReadOnlyList<IReadOnlyList<int>> Responses, string? Refusal = null)
{
    public static RowTokens Refused(string reason) => new([], [], reason);
}
