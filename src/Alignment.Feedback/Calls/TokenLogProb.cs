namespace Alignment.Feedback;

/// <summary>A token of an answer with its log-probability, and what the model could have said in its place.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProb">Its log-probability in nats.</param>
/// <param name="Alternatives">The likeliest tokens of the place with their log-probabilities, the chosen one usually among them; may be
/// empty.</param>
public sealed record TokenLogProb(string Token, double LogProb, IReadOnlyList<TokenAlternative> Alternatives);
