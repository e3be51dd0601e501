namespace Alignment.Training;

/// <summary>How a reward goes with divergence under reinforcement learning: <c>R(d) = d (α - β ln d)</c> with <c>d = √KL</c>, above where it began.</summary>
/// <remarks>Gao et al. 2022 (arXiv 2210.10760), section 3.1, fitted by least squares; its peak is at <c>ln d = α / β - 1</c>.</remarks>
/// <param name="Alpha">Gain per √nat at first.</param>
/// <param name="Beta">By how much it falls per unit of ln d.</param>
/// <param name="Start">The reward at no divergence.</param>
public sealed record SquareRootLaw(double Alpha, double Beta, double Start)
{
    private const int Least = 4;   // points, for three numbers

    /// <summary>The divergence at which the law has its peak, nats a response; null where it only rises.</summary>
    public double? PeakKl => Beta > 0 ? Math.Exp(2 * (Alpha / Beta - 1)) : null;

    /// <summary>The reward that the law foretells.</summary>
    /// <param name="kl">Divergence, nats a response; at least 0.</param>
    public double At(double kl)
    {
        var d = Math.Sqrt(Ensure.NotNegative(kl, nameof(kl)));
        return d == 0 ? Start : Start + d * (Alpha - Beta * Math.Log(d));
    }

    /// <summary>Fits the law.</summary>
    /// <param name="points">Divergence in nats a response and reward; those without divergence say nothing and are left out.</param>
    /// <returns>Null where fewer than four points differ in divergence.</returns>
    public static SquareRootLaw? Fit(IEnumerable<(double Kl, double Reward)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var all = points.Where(point => point.Kl > 0 && double.IsFinite(point.Kl) && double.IsFinite(point.Reward)).ToList();
        if (all.Select(point => point.Kl).Distinct().Count() < Least) return null;
        // Normal equations in 1, d and -d ln d.
        var (a, b) = (new double[3, 3], new double[3]);
        foreach (var (kl, reward) in all)
        {
            var d = Math.Sqrt(kl);
            double[] x = [1, d, -d * Math.Log(d)];
            for (var i = 0; i < 3; i++)
            {
                b[i] += x[i] * reward;
                for (var j = 0; j < 3; j++) a[i, j] += x[i] * x[j];
            }
        }
        return Solve(a, b) is [var start, var alpha, var beta] ? new SquareRootLaw(alpha, beta, start) : null;
    }

    // Gauss with pivots; null where the points lie so that the law is not determined.
    private static double[]? Solve(double[,] a, double[] b)
    {
        const int n = 3;
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row, column]));
            if (Math.Abs(a[pivot, column]) < 1e-12) return null;
            for (var j = 0; j < n; j++) (a[column, j], a[pivot, j]) = (a[pivot, j], a[column, j]);
            (b[column], b[pivot]) = (b[pivot], b[column]);
            for (var row = 0; row < n; row++)
            {
                if (row == column) continue;
                var factor = a[row, column] / a[column, column];
                for (var j = 0; j < n; j++) a[row, j] -= factor * a[column, j];
                b[row] -= factor * b[column];
            }
        }
        return [.. Enumerable.Range(0, n).Select(i => b[i] / a[i, i])];
    }
}
