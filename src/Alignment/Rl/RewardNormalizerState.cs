namespace Alignment.Rl;

/// <summary>What a checkpoint keeps of a <see cref="RunningRewardNormalizer"/>.</summary>
/// <param name="Count">Number of scores seen; at least 0.</param>
/// <param name="Mean">Their mean; 0 before the first.</param>
/// <param name="SumOfSquares"><c>Σ (x - mean)²</c>; at least 0.</param>
public sealed record RewardNormalizerState(long Count, double Mean, double SumOfSquares);
