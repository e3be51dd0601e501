namespace Alignment.Training;

/// <summary>Scores of responses, the higher the better.</summary>
/// <param name="Totals">What each response is trained by.</param>
public sealed record RewardScores(IReadOnlyList<double> Totals)
{
    /// <summary>What the totals are made of, by name, before it is weighted; empty where they are one thing.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Parts { get; init; } = new Dictionary<string, IReadOnlyList<double>>();
}
