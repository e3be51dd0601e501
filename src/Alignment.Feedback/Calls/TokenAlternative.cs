namespace Alignment.Feedback;

/// <summary>A token that a model could have chosen.</summary>
/// <param name="Token">Its text.</param>
/// <param name="LogProb">Its log-probability in nats.</param>
public sealed record TokenAlternative(string Token, double LogProb);
