using Alignment.Evaluation;

namespace Alignment.Feedback;

/// <summary>The win rate if both answers were equally long: a logistic regression of preferences on length, read where the lengths are
/// equal.</summary>
/// <remarks>
/// Dubois et al. 2024 (arXiv 2404.04475), section 3: <c>P(win) = σ(θ + φ tanh(Δ / std Δ) + ψ γ)</c> with Δ the difference of lengths and γ the
/// prompt's difficulty;
/// the rate is the mean of <c>σ(θ + ψ γ)</c>. AlpacaEval 2 learns γ from all models of its board together, which a single comparison
/// can't: here it is given, or left out. A slight pull of the coefficients to 0 keeps them finite where one side wins everything.
/// </remarks>
public static class LengthControlledWinRate
{
    /// <summary>Half the weight of the squared coefficients beside the summed loss in nats: of no matter from some ten rows on.</summary>
    private const double Ridge = 1e-3;

    private const int MostSteps = 100;

    /// <summary>The rate with its bootstrap interval; the regression is made anew for each draw.</summary>
    /// <param name="rows">The pairs; at least one.</param>
    /// <param name="options">The bootstrap; null for the defaults.</param>
    public static Estimate Of(IReadOnlyList<LengthControlledRow> rows, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        foreach (var row in rows)
        {
            Ensure.Within(row.Preference, 0, 1, nameof(LengthControlledRow.Preference));
            Ensure.Finite(row.LengthDifference, nameof(LengthControlledRow.LengthDifference));
            Ensure.Finite(row.Difficulty, nameof(LengthControlledRow.Difficulty));
        }
        return Bootstrap.Of(rows.Count, sample => Rate([.. sample.Select(place => rows[place])]), options);
    }

    private static double Rate(LengthControlledRow[] rows)
    {
        var features = Features(rows);
        var weights = Fit(features, rows);
        return rows.Average(row => Sigmoid(weights[0] + weights[2] * row.Difficulty));
    }

    private static double[][] Features(LengthControlledRow[] rows)
    {
        var mean = rows.Average(row => row.LengthDifference);
        var deviation = Math.Sqrt(rows.Sum(row => Math.Pow(row.LengthDifference - mean, 2)) / Math.Max(1, rows.Length - 1));
        return [.. rows.Select(row => new[] { 1, deviation > 0 ? Math.Tanh(row.LengthDifference / deviation) : 0, row.Difficulty })];
    }

    // Newton's method on the convex loss; a step that does not lessen it is halved.
    private static double[] Fit(double[][] features, LengthControlledRow[] rows)
    {
        var weights = new double[3];
        var loss = Loss(weights, features, rows);
        for (var step = 0; step < MostSteps; step++)
        {
            var gradient = new double[3];
            var curvature = new double[3, 3];
            for (var j = 0; j < 3; j++) (gradient[j], curvature[j, j]) = (Ridge * weights[j], Ridge);
            for (var i = 0; i < rows.Length; i++)
            {
                var p = Sigmoid(Dot(weights, features[i]));
                for (var j = 0; j < 3; j++)
                {
                    gradient[j] += (p - rows[i].Preference) * features[i][j];
                    for (var k = 0; k < 3; k++) curvature[j, k] += p * (1 - p) * features[i][j] * features[i][k];
                }
            }
            var direction = Solve(curvature, gradient);
            var size = 1.0;
            var (next, nextLoss) = Try();
            while (nextLoss > loss && size > 1e-6)
            {
                size /= 2;
                (next, nextLoss) = Try();
            }
            if (nextLoss > loss - 1e-13 * (1 + loss)) break;
            (weights, loss) = (next, nextLoss);

            (double[] Weights, double Loss) Try()
            {
                double[] tried = [.. weights.Select((weight, j) => weight - size * direction[j])];
                return (tried, Loss(tried, features, rows));
            }
        }
        return weights;
    }

    private static double Loss(double[] weights, double[][] features, LengthControlledRow[] rows)
    {
        var sum = Ridge / 2 * Dot(weights, weights);
        for (var i = 0; i < rows.Length; i++)
        {
            var z = Dot(weights, features[i]);
            sum += Math.Max(z, 0) + Math.Log(1 + Math.Exp(-Math.Abs(z))) - rows[i].Preference * z;   // -[y log σ(z) + (1 - y) log σ(-z)]
        }
        return sum;
    }

    private static double Dot(double[] one, double[] other) => one[0] * other[0] + one[1] * other[1] + one[2] * other[2];

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    // Gauss without pivots, as the matrix is positive definite.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var solution = (double[])right.Clone();
        for (var i = 0; i < 3; i++)
            for (var row = i + 1; row < 3; row++)
            {
                var factor = matrix[row, i] / matrix[i, i];
                for (var k = i; k < 3; k++) matrix[row, k] -= factor * matrix[i, k];
                solution[row] -= factor * solution[i];
            }
        for (var i = 2; i >= 0; i--)
        {
            for (var k = i + 1; k < 3; k++) solution[i] -= matrix[i, k] * solution[k];
            solution[i] /= matrix[i, i];
        }
        return solution;
    }
}
