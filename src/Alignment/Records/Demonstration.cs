namespace Alignment;

/// <summary>A prompt and the response a model should learn to give.</summary>
/// <param name="Prompt">What the response answers.</param>
/// <param name="Response">The response to imitate.</param>
public sealed record Demonstration(Transcript Prompt, Transcript Response);
