namespace Alignment.Evaluation;

/// <summary>What a model makes of one held-out text.</summary>
/// <param name="Source">Where the text comes from; null where unknown.</param>
/// <param name="NegativeLogLikelihood">Of all its trained tokens together, in nats.</param>
/// <param name="Tokens">How many those are.</param>
internal readonly record struct TextOutcome(string? Source, double NegativeLogLikelihood, int Tokens);
