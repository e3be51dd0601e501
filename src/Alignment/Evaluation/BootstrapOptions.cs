namespace Alignment.Evaluation;

/// <summary>How intervals are drawn.</summary>
public sealed record BootstrapOptions
{
    /// <summary>How often rows are drawn anew.</summary>
    /// <value>The default is 2,000. At least 100.</value>
    public int Resamples { get; init => field = Ensure.AtLeast(value, 100); } = 2000;

    /// <summary>The share of draws within the interval.</summary>
    /// <value>The default is 0.95. Above 0 and below 1.</value>
    public double Level { get; init => field = Ensure.AboveZeroBelow(value, 1); } = 0.95;

    /// <summary>Seeds the draws.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;
}
