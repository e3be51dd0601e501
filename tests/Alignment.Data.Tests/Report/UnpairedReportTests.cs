namespace Alignment.Data.Tests.Report;

/// <summary>Judged responses: weights by hand, length against label, noise of labels.</summary>
public sealed class UnpairedReportTests
{
    private static UnpairedResponse Row(int number, bool desirable) => new($"Ask {number} about the weather",
        $"The answer to {number} is that it may rain.", desirable);

    [Fact]
    public async Task Weights_by_hand()
    {
        // 30 desirable, 60 undesirable, both weights 1: ratio 0.5.
        // w_d in [60/30, 4/3 x 60/30] = [2, 2.6667]; w_u in [3/4 x 30/60, 30/60] = [0.375, 0.5].
        var report = await DataReport.OfAsync(ReportData.Stream(Enumerable.Range(0, 90).Select(i => Row(i, i < 30))));
        var classes = report.Section("classes")!;
        Assert.Equal((30, 60, 0.5), (classes.Value("desirable"), classes.Value("undesirable"), classes.Value("ratio")));
        Near.Equal([2, 8.0 / 3, 0.375, 0.5], [.. ((string[])["desirableWeightLow", "desirableWeightHigh", "undesirableWeightLow",
            "undesirableWeightHigh"]).Select(name => classes.Value(name)!.Value)], 1e-12);
        var finding = report.Finding("D801");
        Assert.Equal("Desirable responses weigh 0.50 times what undesirable ones do; between 1 and 1.33 is recommended (arXiv 2402.01306, section " +
            "4.3).", finding.Message);
        Assert.Equal("Set KtoLoss.DesirableWeight between 2.00 and 2.67, or UndesirableWeight between 0.38 and 0.50.", finding.Remedy);
    }

    [Theory]
    [InlineData(40, 40, 1, 1, false)]     // 1: the lower end
    [InlineData(40, 30, 1, 1, false)]     // 4/3: the upper end
    [InlineData(41, 30, 1, 1, true)]
    [InlineData(30, 60, 2, 1, false)]     // weighted to 1
    [InlineData(60, 30, 1, 1.6, false)]   // weighted to 1.25
    public async Task Weights_within_the_range_are_silent(int desirable, int undesirable, double desirableWeight, double undesirableWeight, bool found)
    {
        var options = new DataReportOptions { DesirableWeight = desirableWeight, UndesirableWeight = undesirableWeight };
        var report = await DataReport.OfAsync(ReportData.Stream(Enumerable.Range(0, desirable + undesirable).Select(i => Row(i, i < desirable))), options);
        Assert.Equal(found, report.Findings.Any(finding => finding.Code == "D801"));
    }

    [Fact]
    public async Task One_class_alone_is_an_error()
    {
        var report = await DataReport.OfAsync(ReportData.Stream(Enumerable.Range(0, 20).Select(i => Row(i, true))));
        Assert.Equal("All 20 responses are desirable: KTO has nothing to tell apart.", report.Finding("D802").Message);
        Assert.True(report.HasErrors);
        Assert.Null(report.Section("lengthBias"));
    }

    [Fact]
    public async Task The_same_response_with_both_labels_is_no_copy()
    {
        var report = await DataReport.OfAsync(ReportData.Stream(Row(1, true), Row(1, false), Row(1, false)));
        Assert.Equal(1.0 / 3, report.Value("duplicates", "rows"));
    }

    [Fact]
    public async Task Length_against_label()
    {
        // Desirable lengths 300 and up, undesirable 100 and up: every one longer.
        var rows = Enumerable.Range(0, 40).Select(i => new UnpairedResponse($"Ask {i}", new string((char)('a' + i % 20),
            i % 2 == 0 ? 300 + i : 100 + i) + ".", i % 2 == 0));
        var report = await DataReport.OfAsync(ReportData.Stream(rows));
        Assert.Equal(1, report.Value("lengthBias", "auc"));
        Assert.Equal(FindingSeverity.Warning, report.Finding("D501").Severity);
    }
}
