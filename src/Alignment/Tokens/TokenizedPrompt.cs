namespace Alignment;

/// <summary>A prompt for a policy to answer, as token ids.</summary>
public sealed class TokenizedPrompt
{
    /// <summary>A prompt.</summary>
    /// <param name="ids">Ids up to where the response begins; at least one.</param>
    public TokenizedPrompt(IReadOnlyList<int> ids) => Ids = TokenIds.NotEmpty(ids);

    /// <summary>Ids up to where the response begins.</summary>
    public IReadOnlyList<int> Ids { get; }

    /// <summary>The row's own name in its data set, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The data set or file that the row comes from, or null; metrics are broken down by it.</summary>
    public string? Source { get; init; }
}
