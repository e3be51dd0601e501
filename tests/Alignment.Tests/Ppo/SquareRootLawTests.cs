using Alignment.Training;

namespace Alignment.Tests.Ppo;

public sealed class SquareRootLawTests
{
    [Fact]
    public void Points_of_the_law_give_its_numbers_and_its_peak_back()
    {
        // α = 1, β = 0.5, start 0.2: ln d = α / β - 1 = 1 at the peak, so KL = d² = e² = 7.389; R = 0.2 + e (1 - 0.5) = 1.559.
        var law = new SquareRootLaw(1, 0.5, 0.2);
        Near.Equal(Math.E * Math.E, law.PeakKl!.Value, 1e-14);
        Near.Equal(0.2 + Math.E * 0.5, law.At(law.PeakKl.Value), 1e-14);
        Assert.True(law.At(law.PeakKl.Value * 1.1) < law.At(law.PeakKl.Value) && law.At(law.PeakKl.Value * 0.9) < law.At(law.PeakKl.Value));
        Assert.Equal(0.2, law.At(0));

        var fitted = SquareRootLaw.Fit([.. ((double[])[0.1, 0.4, 1, 2.5]).Select(kl => (kl, law.At(kl)))])!;   // all before the peak, which is foretold
        Near.Equal([1, 0.5, 0.2], [fitted.Alpha, fitted.Beta, fitted.Start], 1e-10);
        Near.Equal(Math.E * Math.E, fitted.PeakKl!.Value, 1e-9);
    }

    [Fact]
    public void A_fit_is_the_one_of_least_squares()
    {
        var random = new Random(2);
        (double Kl, double Reward)[] points = [.. Enumerable.Range(1, 30).Select(i => (0.3 * i, Math.Sqrt(0.3 * i) + 0.2 * random.NextDouble()))];
        var best = SquareRootLaw.Fit(points)!;
        foreach (var (alpha, beta, start) in (ReadOnlySpan<(double, double, double)>)[(1e-3, 0, 0), (-1e-3, 0, 0), (0, 1e-3, 0), (0, -1e-3, 0), (0, 0, 1e-3), (0, 0, -1e-3)])
            Assert.True(Error(best) < Error(new SquareRootLaw(best.Alpha + alpha, best.Beta + beta, best.Start + start)));

        double Error(SquareRootLaw law) => points.Sum(point => (law.At(point.Kl) - point.Reward) * (law.At(point.Kl) - point.Reward));
    }

    [Fact]
    public void Too_few_points_give_none_and_what_only_rises_has_no_peak()
    {
        Assert.Null(SquareRootLaw.Fit([(1, 1), (2, 2), (2, 3), (3, 4)]));
        Assert.Null(SquareRootLaw.Fit([(-1, 1), (0, 1), (1, 1), (2, 2), (3, 4)]));   // without divergence there is nothing to fit
        Assert.Null(new SquareRootLaw(1, 0, 0).PeakKl);
        Assert.Null(new SquareRootLaw(1, -0.1, 0).PeakKl);
    }
}
