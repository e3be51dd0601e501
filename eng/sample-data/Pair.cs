namespace SampleData;

/// <summary>One row: a prompt, the answer to prefer and the answer to avoid.</summary>
internal sealed record Pair(string Prompt, string Chosen, string Rejected)
{
    /// <summary>By what the pair was made; null where that is no column.</summary>
    public string? Source { get; init; }
}
