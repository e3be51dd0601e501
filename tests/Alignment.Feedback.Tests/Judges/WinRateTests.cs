using Alignment.Evaluation;

namespace Alignment.Feedback.Tests.Judges;

public sealed class WinRateTests
{
    [Fact]
    public void Length_taken_out_by_hand()
    {
        // 500 answers that are longer win 90 %, 500 that are shorter by as much win 50 %. Two groups, two coefficients: the fit is exact.
        // logit 0.9 = ln 9 = θ + φ t, logit 0.5 = 0 = θ - φ t, so θ = ln 9 / 2 = ln 3 and the rate at equal lengths is 3 / 4. The plain rate is 0.7.
        var rows = Enumerable.Range(0, 1000).Select(i => new LengthControlledRow(i < 450 || i is >= 500 and < 750 ? 1 : 0, i < 500 ? 100 : -100)).ToList();
        Assert.Equal(0.7, rows.Average(row => row.Preference), 12);
        Assert.Equal(0.75, LengthControlledWinRate.Of(rows, Quick).Value, 5);   // 1e-5: the pull to 0
    }

    [Fact]
    public void A_judge_of_length_alone_ends_at_one_half()
    {
        // Longer wins 4 of 5 times, and the measured model is the longer one in 9 of 10 rows.
        var rows = Enumerable.Range(0, 1000).Select(i => new LengthControlledRow(i % 10 == 9 ? (i / 10 % 5 == 0 ? 1 : 0) : (i / 10 % 5 == 0 ? 0 : 1), i % 10 == 9 ? -50 : 50)).ToList();
        Assert.Equal(0.74, rows.Average(row => row.Preference), 12);   // 0.9 x 0.8 + 0.1 x 0.2
        var rate = LengthControlledWinRate.Of(rows, Quick);
        Assert.Equal(0.5, rate.Value, 3);
        Assert.True(rate.Low < 0.5 && rate.High > 0.5 && rate.High - rate.Low < 0.25);
    }

    [Fact]
    public void It_is_what_a_slow_descent_finds()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 5; trial++)
        {
            var rows = Enumerable.Range(0, 60).Select(_ => new LengthControlledRow(random.Next(3) / 2.0, random.Next(-300, 500)) { Difficulty = random.NextDouble() * 4 - 2 }).ToList();
            Assert.Equal(Slow(rows), LengthControlledWinRate.Of(rows, Quick).Value, 6);
        }
    }

    [Fact]
    public void Sides_changed_the_rate_is_the_rest_to_one()
    {
        var random = new Random(6);
        var rows = Enumerable.Range(0, 80).Select(_ => new LengthControlledRow(random.Next(2), random.Next(-100, 300))).ToList();
        var turned = rows.Select(row => new LengthControlledRow(1 - row.Preference, -row.LengthDifference)).ToList();
        Assert.Equal(1, LengthControlledWinRate.Of(rows, Quick).Value + LengthControlledWinRate.Of(turned, Quick).Value, 9);
    }

    [Fact]
    public void Won_by_one_side_alone_it_stays_a_number()
    {
        var all = LengthControlledWinRate.Of([.. Enumerable.Range(0, 50).Select(i => new LengthControlledRow(1, i))], Quick);
        Assert.InRange(all.Value, 0.99, 1);
        Assert.Equal(0.5, LengthControlledWinRate.Of([new(0.5, 3)], Quick).Value, 9);
        Assert.Throws<ArgumentOutOfRangeException>(() => LengthControlledWinRate.Of([new(1.5, 3)], Quick));
    }

    [Fact]
    public void An_interval_of_a_mean_is_that_of_the_normal_distribution()
    {
        // Half of 400 rows win: the standard error is 0.5 / 20 = 0.025, the interval 0.5 ± 1.96 x 0.025 = 0.451 to 0.549.
        var estimate = Bootstrap.Mean([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1.0 : 0.0)]);
        Assert.Equal(0.5, estimate.Value);
        Assert.InRange(estimate.Low, 0.444, 0.458);   // an end of 2,000 draws strays by some 0.0015
        Assert.InRange(estimate.High, 0.542, 0.556);
        Assert.Equal(estimate, Bootstrap.Mean([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1.0 : 0.0)]));
        Assert.NotEqual(estimate, Bootstrap.Mean([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1.0 : 0.0)], new() { Seed = 1 }));
        var narrow = Bootstrap.Mean([.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1.0 : 0.0)], new() { Level = 0.5 });
        Assert.InRange(narrow.High - narrow.Low, 0.028, 0.040);   // 2 x 0.6745 x 0.025 = 0.0337
    }

    [Fact]
    public void Pairs_are_drawn_together()
    {
        // The second system wins where the first does, and on 20 rows more of 400: the difference is 0.05 with a standard error of √(0.05 x 0.95 / 400) = 0.0109.
        double[] one = [.. Enumerable.Range(0, 400).Select(i => i < 200 ? 1.0 : 0.0)], other = [.. Enumerable.Range(0, 400).Select(i => i < 220 ? 1.0 : 0.0)];
        var estimate = Bootstrap.Difference(other, one);
        Assert.Equal(0.05, estimate.Value, 12);
        Assert.InRange(estimate.High - estimate.Low, 0.036, 0.050);   // 2 x 1.96 x 0.0109 = 0.0427; drawn apart it would be 0.139
        Assert.Equal("Both systems must have the same rows; one has 400, the other 1. (Parameter 'other')",
            Assert.Throws<ArgumentException>(() => Bootstrap.Difference(one, [1])).Message);
    }

    private static BootstrapOptions Quick => new() { Resamples = 100 };

    // The same loss by plain gradient descent, without Newton, for as long as it takes.
    private static double Slow(List<LengthControlledRow> rows)
    {
        var mean = rows.Average(row => row.LengthDifference);
        var deviation = Math.Sqrt(rows.Sum(row => (row.LengthDifference - mean) * (row.LengthDifference - mean)) / (rows.Count - 1));
        var (theta, phi, psi) = (0.0, 0.0, 0.0);
        for (var step = 0; step < 20_000; step++)
        {
            var (a, b, c) = (1e-3 * theta, 1e-3 * phi, 1e-3 * psi);
            foreach (var row in rows)
            {
                var t = Math.Tanh(row.LengthDifference / deviation);
                var error = 1 / (1 + Math.Exp(-(theta + phi * t + psi * row.Difficulty))) - row.Preference;
                (a, b, c) = (a + error, b + error * t, c + error * row.Difficulty);
            }
            (theta, phi, psi) = (theta - 0.02 * a, phi - 0.02 * b, psi - 0.02 * c);
        }
        return rows.Average(row => 1 / (1 + Math.Exp(-(theta + psi * row.Difficulty))));
    }
}
