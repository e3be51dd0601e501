namespace Alignment.Evaluation;

/// <summary>What a policy makes of one held-out response.</summary>
/// <param name="Source">Where the response comes from; null where unknown.</param>
/// <param name="IsDesirable">Whether people liked it.</param>
/// <param name="Loss">Loss of the response.</param>
/// <param name="Reward">Implicit reward.</param>
/// <param name="LogProb">Log-probability, in nats.</param>
/// <param name="Gain">Log-probability minus the reference's, in nats.</param>
/// <param name="Kl">The estimate of KL(policy ‖ reference) of its batch, in nats.</param>
/// <param name="Length">Tokens.</param>
public sealed record UnpairedOutcome(string? Source, bool IsDesirable, double Loss, double Reward, double LogProb, double Gain, double Kl, int Length);
