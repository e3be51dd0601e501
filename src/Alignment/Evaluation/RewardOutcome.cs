namespace Alignment.Evaluation;

/// <summary>What a reward model makes of one held-out pair.</summary>
/// <param name="Source">Where the pair comes from; null where unknown.</param>
/// <param name="Loss">Loss of the pair.</param>
/// <param name="Chosen">Reward of the preferred response, in log-odds.</param>
/// <param name="Rejected">Reward of the other response.</param>
/// <param name="ChosenLength">Tokens of the preferred response.</param>
/// <param name="RejectedLength">Tokens of the other response.</param>
public sealed record RewardOutcome(string? Source, double Loss, double Chosen, double Rejected, int ChosenLength, int RejectedLength);
