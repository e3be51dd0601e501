namespace Alignment.Training;

/// <summary>Rewards of an iteration, on the host in float64.</summary>
/// <param name="PerToken"><c>-β kl</c>, plus the score at the last token of each response, <c>[M]</c>.</param>
/// <param name="PerResponse">The sum of these, <c>[S]</c>.</param>
/// <param name="Scores">Scores as they are learnt from, <c>[S]</c>.</param>
/// <param name="Kl">Estimated divergence of each response from the reference, <c>[S]</c> nats.</param>
/// <param name="KlCoefficient">β, reward per nat.</param>
internal sealed record Shaped(double[] PerToken, double[] PerResponse, double[] Scores, double[] Kl, double KlCoefficient);
