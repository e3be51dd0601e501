namespace SampleData;

/// <summary>One row: a prompt, the answer to prefer and the answer to avoid.</summary>
internal sealed record Pair(string Prompt, string Chosen, string Rejected);
