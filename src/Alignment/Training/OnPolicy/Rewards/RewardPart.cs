namespace Alignment.Training;

/// <summary>One of several sources of a score.</summary>
/// <param name="Name">What it is logged under, <c>rewards/NAME</c>.</param>
/// <param name="Weight">What its scores are multiplied by; finite.</param>
/// <param name="Source">Where its scores come from.</param>
public sealed record RewardPart(string Name, double Weight, RewardSource Source);
