namespace Alignment.Training;

/// <summary>What policy, reference, value model and reward source make of a rollout, all before the first update.</summary>
/// <param name="Rollout">The responses.</param>
/// <param name="Policy">Log-probabilities under the policy that sampled, at the temperature of sampling, <c>[M]</c> nats.</param>
/// <param name="Reference">Log-probabilities under the reference, at the same temperature, <c>[M]</c> nats.</param>
/// <param name="Values">Value before each token, <c>[M]</c>; null where there is no value model.</param>
/// <param name="Scores">Score of each response, <c>[S]</c>.</param>
internal sealed record ScoredRollout(Rollout Rollout, double[] Policy, double[] Reference, double[]? Values, RewardScores Scores);
