namespace Alignment.Evaluation;

/// <summary>A share of successes with its 95 % interval.</summary>
/// <param name="Successes">How many succeeded.</param>
/// <param name="Trials">Of how many; at least 1.</param>
public readonly record struct Proportion(int Successes, int Trials)
{
    /// <summary>The share, between 0 and 1.</summary>
    public double Value => (double)Successes / Trials;

    /// <summary>Wilson's score interval at 95 %, which stays within 0 and 1 and holds for few trials.</summary>
    /// <remarks>Wilson 1927, "Probable inference, the law of succession, and statistical inference".</remarks>
    public (double Low, double High) Interval => Wilson.Interval(Value, Trials);
}
