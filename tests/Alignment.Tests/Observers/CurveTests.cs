using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>A number over steps in bounded memory.</summary>
public sealed class CurveTests
{
    [Fact]
    public void A_short_run_is_kept_whole_and_gaps_stay_gaps()
    {
        var curve = new Curve();
        curve.Add(1, 3);
        curve.Add(2, double.NaN);
        curve.Add(3, double.PositiveInfinity);
        curve.Add(4, 3);
        Assert.Equal([(1, 3), (4, 3)], curve.Points);
        Assert.Equal(4, curve.LastStep);
        for (var step = 5; step <= 511; step++) curve.Add(step, step % 7);
        Assert.Equal(509, curve.Points.Count);
        Assert.Equal(Enumerable.Range(5, 507).Select(step => (step, (double)(step % 7))), curve.Points.Skip(2));
    }

    [Theory, InlineData(513), InlineData(1_000), InlineData(100_000)]
    public void A_long_run_keeps_its_spikes(int steps)
    {
        var curve = new Curve();
        var random = new SplitMix64((ulong)steps);
        var values = Enumerable.Range(1, steps).Select(_ => random.Next() / 1.8e19).ToArray();
        values[steps / 3] = 50;
        values[steps / 2] = -50;
        for (var i = 0; i < steps; i++) curve.Add(i + 1, values[i]);

        var points = curve.Points;
        Assert.InRange(points.Count, 256, 2 * Curve.MostStretches);
        Assert.Contains((steps / 3 + 1, 50.0), points);
        Assert.Contains((steps / 2 + 1, -50.0), points);
        Assert.All(points, point => Assert.Equal(values[point.Step - 1], point.Value));
        Assert.Equal(points.Select(point => point.Step).Order().Distinct(), points.Select(point => point.Step));
        // The least and the greatest of each stretch, found the slow way.
        var length = 1;
        while (steps / length + 1 > Curve.MostStretches) length *= 2;
        foreach (var stretch in Enumerable.Range(1, steps).GroupBy(step => step / length))
        {
            var mine = points.Where(point => point.Step / length == stretch.Key).Select(point => point.Value).ToList();
            Assert.Equal((stretch.Min(step => values[step - 1]), stretch.Max(step => values[step - 1])), (mine.Min(), mine.Max()));
            Assert.InRange(mine.Count, 1, 2);
        }
    }

    [Fact]
    public void Cut_back_it_ends_with_the_checkpoint()
    {
        var curve = new Curve();
        for (var step = 1; step <= 2_000; step++) curve.Add(step, Math.Sin(step));
        curve.CutBack(700);
        Assert.InRange(curve.LastStep, 690, 700);
        curve.Add(701, 9);
        Assert.Equal((701, 9), curve.Points[^1]);
        curve.CutBack(0);
        Assert.Equal(0, curve.LastStep);
        Assert.Empty(curve.Points);
    }
}
