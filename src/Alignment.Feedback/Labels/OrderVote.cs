namespace Alignment.Feedback;

/// <summary>What a model said to one order of two answers.</summary>
/// <param name="FirstWins">The probability that the candidate's first answer is better, whatever its place before the model.</param>
/// <param name="IsSoft">Whether it comes from log-probabilities.</param>
/// <param name="Thought">The chain of thought, or null.</param>
public sealed record OrderVote(double FirstWins, bool IsSoft, string? Thought);
