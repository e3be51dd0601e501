namespace Alignment.Training;

/// <summary>A response with its score, for a person to read.</summary>
/// <param name="Prompt">The prompt's text.</param>
/// <param name="Response">The response's text.</param>
/// <param name="Score">What the reward source gave.</param>
public sealed record ScoredSample(string Prompt, string Response, double Score);
