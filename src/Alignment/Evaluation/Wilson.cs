namespace Alignment.Evaluation;

/// <summary>Wilson's score interval at 95 %, which stays within 0 and 1 and holds for few trials.</summary>
/// <remarks>Wilson 1927, "Probable inference, the law of succession, and statistical inference".</remarks>
internal static class Wilson
{
    // The 97.5th percentile of the standard normal distribution.
    private const double Z = 1.959963984540054;

    /// <summary>The interval of a share.</summary>
    /// <param name="share">The mean of numbers between 0 and 1. Where some lie between, as halves for ties do, the interval is wider than it need be.</param>
    /// <param name="trials">Of how many; greater than 0.</param>
    public static (double Low, double High) Interval(double share, double trials)
    {
        var centre = (share + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
        var half = Z * Math.Sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials)) / (1 + Z * Z / trials);
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
