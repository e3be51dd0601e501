namespace Alignment.Data.Reports;

/// <summary>A row as ids, or why it has none.</summary>
/// <param name="Prompt">The ids of the prompt; empty where the row has none.</param>
/// <param name="Responses">The ids of each response.</param>
/// <param name="Refusal">What the encoder said, where it took exception to the row.</param>
internal sealed record RowTokens(IReadOnlyList<int> Prompt, IReadOnlyList<IReadOnlyList<int>> Responses, string? Refusal = null)
{
    /// <summary>Decodes the row again; null for a prompt alone, of which nothing is trained.</summary>
    public Func<ITokenizer, EncodingPreview>? Preview { get; init; }

    /// <summary>Whether the template writes no end after a response.</summary>
    public bool HasNoEnd { get; init; }

    public static RowTokens Refused(string reason) => new([], [], reason);
}
