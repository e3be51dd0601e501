namespace Alignment.Generation;

/// <summary>A token that a place of a response could have had.</summary>
/// <param name="Id">The token.</param>
/// <param name="LogProb">Nats under the model: temperature 1, nothing left out.</param>
public readonly record struct LikelyToken(int Id, float LogProb);
