namespace Alignment.Training;

/// <summary>What the model answers to a prompt, for a person to read.</summary>
/// <param name="Prompt">The prompt's text.</param>
/// <param name="Response">The response's text.</param>
public sealed record SampleAnswer(string Prompt, string Response);
