namespace Alignment.Generation;

/// <summary>A token as it came.</summary>
/// <param name="Row">Index of the response: that of its prompt times the samples of a prompt, plus its number among them.</param>
/// <param name="Id">The token.</param>
/// <param name="LogProb">Nats under the model: temperature 1, nothing left out.</param>
/// <param name="SamplingLogProb">Nats under the distribution it was drawn from; 0 where the most likely token is taken.</param>
/// <param name="Finish">Why the response ends with it; null where it goes on.</param>
public readonly record struct GeneratedToken(int Row, int Id, float LogProb, float SamplingLogProb, FinishReason? Finish);
