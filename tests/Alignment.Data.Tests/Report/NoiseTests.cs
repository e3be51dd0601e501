using Alignment.Data.Reports;

namespace Alignment.Data.Tests.Report;

/// <summary>Flipped labels that were planted, as words tell of them.</summary>
public sealed class NoiseTests
{
    private static readonly string[] Good = ["please", "thanks", "gladly", "careful", "first", "safely", "doctor", "calm"];
    private static readonly string[] Bad = ["whatever", "maybe", "ignore", "later", "nothing", "useless", "boring", "skip"];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.35)]
    public async Task Planted_flips_are_bounded_and_estimated(double flips)
    {
        var report = await ReportData.Of(Pairs(4000, flips, Texts));
        var noise = report.Section("noise")!;
        var bound = noise.Figures.Single(figure => figure.Name == "upperBound");
        Assert.True(bound.High >= flips, $"The bound {bound.High} is below the planted {flips}.");
        Assert.True(bound.Value < flips + 0.08, $"The words tell nearly all: the bound {bound.Value} should be near {flips}.");
        Assert.InRange(noise.Value("confidentLearning")!.Value, flips - 0.06, flips + 0.06);
        Assert.Equal(flips >= 0.1, report.Findings.Any(finding => finding.Code == "D901"));
    }

    [Fact]
    public async Task Words_that_tell_nothing_give_no_estimate()
    {
        var report = await ReportData.Of(Pairs(2000, 0, (random, _) => string.Join(' ', Enumerable.Range(0, 12).Select(_ =>
            Good[random.Next(8)] + random.Next(40)))));
        Assert.InRange(report.Value("noise", "wordAccuracy")!.Value, 0.4, 0.6);
        Assert.Null(report.Value("noise", "upperBound"));
        Assert.DoesNotContain(report.Findings, finding => finding.Code is "D901" or "D902");
    }

    [Fact]
    public async Task An_unequal_class_ratio_alone_is_no_knowledge()
    {
        // Nine of ten desirable, words drawn alike: "desirable" is right in 90 % and says nothing of noise.
        var random = new Random(3);
        var rows = Enumerable.Range(0, 2000).Select(i => new UnpairedResponse($"Ask {i}",
            $"{Good[random.Next(8)]} {Bad[random.Next(8)]} {random.Next(100)}.", i % 10 != 0));
        var report = await DataReport.OfAsync(ReportData.Stream(rows));
        Assert.Null(report.Value("noise", "upperBound"));
    }

    [Fact]
    public void A_turned_pair_has_the_opposite_probability()
    {
        var predictor = new LabelPredictor(hasIntercept: false);
        for (var i = 0; i < 50; i++) predictor.Learn(LabelFeatures.OfPair("good words here", "bad words"), label: true);
        var there = predictor.Predict(LabelFeatures.OfPair("good answer", "bad reply at length"));
        var back = predictor.Predict(LabelFeatures.OfPair("bad reply at length", "good answer"));
        Near.Equal(1, there + back, 1e-9);
        Assert.True(predictor.Predict(LabelFeatures.OfPair("good", "bad")) > 0.6);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_report()
    {
        var options = new DataReportOptions { Seed = 4, Time = new StoppedClock() };
        var one = await ReportData.Of(options, Pairs(1500, 0.2, Texts));
        var two = await ReportData.Of(options, Pairs(1500, 0.2, Texts));
        Assert.Equal(one.ToJson(), two.ToJson());
    }

    private static string Texts(Random random, bool good) => string.Join(' ', Enumerable.Range(0, 8).Select(_ =>
        (good ? Good : Bad)[random.Next(8)])) + $" {random.Next(1_000_000):D6}.";

    private static IEnumerable<PreferencePair> Pairs(int count, double flips, Func<Random, bool, string> text)
    {
        var random = new Random(11);
        for (var i = 0; i < count; i++)
        {
            var (good, bad) = (text(random, true), text(random, false));
            yield return random.NextDouble() < flips ? new PreferencePair($"Question {i}", bad, good) : new PreferencePair($"Question {i}", good, bad);
        }
    }
}
