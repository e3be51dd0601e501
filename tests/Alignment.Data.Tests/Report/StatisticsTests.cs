using Alignment.Data.Reports;

namespace Alignment.Data.Tests.Report;

/// <summary>The arithmetic of the report by hand.</summary>
public sealed class StatisticsTests
{
    private static LengthCounter Counter(params int[] values)
    {
        var counter = new LengthCounter();
        foreach (var value in values) counter.Add(value);
        return counter;
    }

    [Fact]
    public void Quantiles_are_nearest_ranks()
    {
        // Ten values: the median is the 5th, 90 % the 9th, 99 % the 10th (rank ceil(9.9)).
        var counter = Counter(7, 1, 3, 3, 2, 100, 5, 9, 8, 4);   // sorted 1 2 3 3 4 5 7 8 9 100
        Assert.Equal((4, 9, 100, 100, 1), (counter.Quantile(0.5), counter.Quantile(0.9), counter.Quantile(0.99), counter.Max, counter.Quantile(0.01)));
        Assert.Equal(14.2, counter.Mean, 12);
        Assert.Equal(0, Counter().Quantile(0.5));
    }

    [Fact]
    public void The_area_under_the_curve_counts_ties_half()
    {
        // Positives 1, 3, 3; negatives 2, 3. Of 6 pairs: 1 beats none; each 3 beats the 2 and ties the 3: 2 x 1.5 = 3. AUC = 3 / 6.
        // Hanley-McNeil at A = 0.5: Q1 = 0.5 / 1.5 = 1/3, Q2 = 2 x 0.25 / 1.5 = 1/3;
        // variance = (0.25 + 2 x (1/3 - 1/4) + 1 x (1/3 - 1/4)) / 6 = (0.25 + 0.25) / 6 = 0.08333; 1.96 x 0.288675 = 0.565793, cut at 0 and 1.
        var area = MannWhitney.Auc(Counter(1, 3, 3), Counter(2, 3))!.Value;
        Assert.Equal((0.5, 0.0, 1.0), (area.Auc, area.Low, area.High));

        // Positives all above: 1. Reversed: 0.
        Assert.Equal(1, MannWhitney.Auc(Counter(5, 6), Counter(1, 2))!.Value.Auc);
        Assert.Equal(0, MannWhitney.Auc(Counter(1, 2), Counter(5, 6))!.Value.Auc);
        Assert.Null(MannWhitney.Auc(Counter(), Counter(1)));
    }

    [Fact]
    public void The_interval_of_an_area_is_Hanley_and_McNeils()
    {
        // 100 positives at 1 (60) and -> values 2 for 60, 0 for 40; 100 negatives all 1: A = 0.6.
        // Q1 = 0.6 / 1.4 = 0.4285714, Q2 = 0.72 / 1.6 = 0.45; variance = (0.24 + 99 x 0.0685714 + 99 x 0.09) / 10000 = (0.24 + 6.7885714 + 8.91) / 10000 = 0.00159386
        // standard error 0.0399232, half width 0.0782480.
        var positives = Counter([.. Enumerable.Repeat(2, 60), .. Enumerable.Repeat(0, 40)]);
        var area = MannWhitney.Auc(positives, Counter([.. Enumerable.Repeat(1, 100)]))!.Value;
        Near.Equal(0.6, area.Auc, 1e-12);
        Near.Equal(0.6 - 0.0782480, area.Low, 1e-6);
        Near.Equal(0.6 + 0.0782480, area.High, 1e-6);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.18, 0.1)]     // 2 x 0.1 x 0.9
    [InlineData(0.375, 0.25)]   // 2 x 0.25 x 0.75
    [InlineData(0.5, 0.5)]
    [InlineData(0.7, 0.5)]      // more than chance: no flip rate gives it
    public void Disagreements_tell_of_flips(double disagreement, double flips) => Near.Equal(flips, FlipRate.Of(disagreement), 1e-12);

    [Fact]
    public void Components_by_hand()
    {
        // 0 > 1 > 2 > 0 is one part; 3 hangs on it; 4 and 5 reach each other; 6 is alone.
        var parts = StronglyConnected.Parts([[1], [2], [0, 3], [], [5], [4, 3], []]);
        Assert.True(parts[0] == parts[1] && parts[1] == parts[2] && parts[4] == parts[5]);
        Assert.Equal(4, parts.Distinct().Count());
    }

    [Fact]
    public void A_path_of_a_hundred_thousand_nodes_is_no_recursion()
    {
        const int Count = 100_000;
        var ring = StronglyConnected.Parts([.. Enumerable.Range(0, Count).Select(i => (int[])[(i + 1) % Count])]);
        Assert.All(ring, part => Assert.Equal(0, part));
    }

    [Fact]
    public void Components_equal_reachability_both_ways()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 200; trial++)
        {
            var count = random.Next(1, 9);
            int[][] edges = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, count).Where(_ => random.Next(4) == 0).ToArray())];
            var reach = Reachability(edges);
            var parts = StronglyConnected.Parts(edges);
            for (var a = 0; a < count; a++)
                for (var b = 0; b < count; b++)
                    Assert.Equal(reach[a, b] && reach[b, a], parts[a] == parts[b]);
        }
    }

    [Fact]
    public void Confident_learning_by_hand()
    {
        // Label true: given 0.9, 0.8, 0.1 (mean 0.6); label false: given 0.7, 0.5 (mean 0.6).
        // 0.9, 0.8 and 0.7 count for their own class; the 0.1 gives 0.9 >= 0.6 to the other; the 0.5 reaches neither. 1 of 4.
        LabelPrediction[] rows = [new(0, true, 0.9), new(1, true, 0.8), new(2, true, 0.1), new(3, false, 0.7), new(4, false, 0.5)];
        Assert.Equal(0.25, ConfidentLearning.Of(rows, symmetric: false));

        // As pairs all have one threshold, the mean 0.6 of all: the same rows count.
        Assert.Equal(0.25, ConfidentLearning.Of(rows, symmetric: true));
        Assert.Null(ConfidentLearning.Of([], symmetric: true));
    }

    [Fact]
    public void Bins_hold_every_value_and_the_last_one_the_tail()
    {
        // 99 values below 39 and one of 5,000: 99 % lie at 38 or below, so 39 bins would do in steps of 1; the tail goes to 5,000.
        var histogram = LengthBins.Of("n", "t", FigureUnit.Tokens, [("a", Counter([.. Enumerable.Range(0, 99).Select(i => i % 39), 5000]))]);
        Assert.Equal(100, histogram.Series[0].Counts.Sum());
        Assert.Equal(histogram.Edges.Count - 1, histogram.Series[0].Counts.Count);
        Assert.Equal((0, 1, 5000), (histogram.Edges[0], histogram.Edges[1], histogram.Edges[^1]));
        Assert.Equal(1, histogram.Series[0].Counts[^1]);
        Assert.Equal(3, histogram.Series[0].Counts[5]);   // 5, 44, 83
    }

    private static bool[,] Reachability(int[][] edges)
    {
        var reach = new bool[edges.Length, edges.Length];
        for (var a = 0; a < edges.Length; a++)
        {
            reach[a, a] = true;
            foreach (var b in edges[a]) reach[a, b] = true;
        }
        for (var k = 0; k < edges.Length; k++)
            for (var a = 0; a < edges.Length; a++)
                for (var b = 0; b < edges.Length; b++)
                    reach[a, b] |= reach[a, k] && reach[k, b];
        return reach;
    }
}
