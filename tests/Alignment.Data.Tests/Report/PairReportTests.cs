namespace Alignment.Data.Tests.Report;

/// <summary>Planted faults of pairs are found; clean rows are silent.</summary>
public sealed class PairReportTests
{
    [Fact]
    public async Task Clean_rows_are_silent()
    {
        var report = await ReportData.Of(ReportData.Cleans(400));
        Assert.Empty(report.Findings);
        Assert.Equal((400, 400, 0), (report.Rows, report.Value("counts", "prompts"), report.Value("duplicates", "rows")));
        Assert.Equal(0.5, report.Value("lengthBias", "auc"));   // all of equal length: ties count half
    }

    [Fact]
    public async Task No_rows_are_an_error()
    {
        var report = await ReportData.Of();
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("D001", FindingSeverity.Error, "There are no rows to train on."), (finding.Code, finding.Severity, finding.Message));
        Assert.True(report.HasErrors);
        Assert.Contains("no rows to train on", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_text_as_chosen_and_rejected()
    {
        // 2 of 100: more than 1 %.
        var report = await ReportData.Of([.. ReportData.Cleans(98), new("Same?", "Yes.", "Yes.") { Id = "x" }, new("Again?", "No.", "No."),
            new("Nearly?", "No way.", "no  way.")]);
        var finding = report.Finding("D201");
        Assert.Equal("2 pairs (2.0 %) have the same text as chosen and as rejected: nothing can be learnt from them.", finding.Message);
        Assert.Equal(FindingSeverity.Error, finding.Severity);
        Assert.Equal([98, 99], finding.Examples.Select(row => row.Row));
        Assert.Equal("x", finding.Examples[0].Id);
        Assert.Null(finding.Examples[0].Text);
        Assert.Equal(1, report.Finding("D204").Rows);
    }

    [Fact]
    public async Task Contradictions_and_circles()
    {
        // a > b and b > a once each; then c > d > e > c; the repeated judgements of one pair: 1 of 1 disagrees.
        var report = await ReportData.Of([.. ReportData.Cleans(200), new("P", "a", "b"), new("p ", "B", "A"), new("Q", "c", "d"), new("Q", "d", "e"),
            new("Q", "e", "c")]);
        Assert.Equal((1, 2.0 / 205, 3.0 / 205), (report.Value("consistency", "contradictions"), report.Value("consistency", "contradictingRows"),
            report.Value("consistency", "cycleRows")));
        Assert.Equal([200, 201], report.Finding("D202").Examples.Select(row => row.Row));
        Assert.Equal([202, 203, 204], report.Finding("D203").Examples.Select(row => row.Row));
        Assert.Equal(FindingSeverity.Warning, report.Finding("D203").Severity);
        Assert.Equal((1, 1), (report.Value("noise", "repetitions"), report.Value("noise", "disagreement")));
    }

    [Fact]
    public async Task A_contradiction_settled_by_majority_makes_a_circle_and_a_tie_makes_none()
    {
        PreferencePair[] circle = [new("Q", "a", "b"), new("Q", "b", "c"), new("Q", "c", "a")];
        var settled = await ReportData.Of([.. circle, new("Q", "a", "b"), new("Q", "b", "a")]);
        Assert.Equal(4.0 / 5, settled.Value("consistency", "cycleRows"));   // both a > b, but not the outvoted b > a
        var tied = await ReportData.Of([.. circle, new("Q", "b", "a")]);
        Assert.Equal(0, tied.Value("consistency", "cycleRows"));
    }

    [Fact]
    public async Task Flips_are_estimated_from_repeated_comparisons()
    {
        // 40 prompts judged 10 times, 9 : 1. Of 45 pairs of judgements 9 disagree: d = 0.2, e = (1 - √0.6) / 2 = 0.1127017.
        var rows = Enumerable.Range(0, 40).SelectMany(prompt => Enumerable.Range(0, 10).Select(judge =>
            judge == 0 ? new PreferencePair($"Prompt {prompt}", "worse", "better") : new PreferencePair($"Prompt {prompt}", "better", "worse")));
        var report = await ReportData.Of(rows);
        Near.Equal(0.2, report.Value("noise", "disagreement")!.Value, 1e-12);
        Near.Equal(0.1127017, report.Value("noise", "flipRate")!.Value, 1e-6);
        var finding = report.Finding("D901");
        Assert.Equal("About 11.3 % of the labels seem flipped (by repeated comparisons).", finding.Message);
        Assert.Equal("Set LabelSmoothing near 0.11 in DpoLoss (cDPO) or RobustDpoLoss (arXiv 2403.00409), or have a part of the set judged again.",
            finding.Remedy);
    }

    [Fact]
    public async Task A_longer_chosen_response_is_noticed()
    {
        // 80 of 100 longer, 10 equal, 10 shorter: 0.85. Wilson at n = 100: centre (0.85 + 0.0192073) / 1.0384146 = 0.8370522, half width 0.0698882.
        var rows = Enumerable.Range(0, 100).Select(i => ReportData.Clean(i) with { Chosen = new string('x',
            i < 80 ? 300 : i < 90 ? 200 : 100) + $" {i:D3}.", Rejected = new string('y', 200) + $" {i:D3}." });
        var report = await ReportData.Of(rows);
        var auc = report.Section("lengthBias")!.Figures[0];
        Near.Equal(0.85, auc.Value, 1e-12);
        Near.Equal(0.767164, auc.Low!.Value, 1e-5);
        Near.Equal(0.906940, auc.High!.Value, 1e-5);
        Assert.Equal(FindingSeverity.Warning, report.Finding("D501").Severity);
        Assert.StartsWith("Length in characters alone predicts the label: AUC 0.850 (95 % interval 0.767 to 0.907); 0.5 is none. The model would " +
            "learn to answer longer", report.Finding("D501").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Few_rows_prove_no_length_bias()
    {
        var report = await ReportData.Of([new("a", "long answer", "short"), new("b", "another long one", "brief")]);
        Assert.Equal(1, report.Value("lengthBias", "auc"));
        Assert.DoesNotContain(report.Findings, finding => finding.Code == "D501");
    }

    [Fact]
    public async Task Copies_and_canned_answers()
    {
        var report = await ReportData.Of([.. ReportData.Cleans(100), .. ReportData.Cleans(3), .. Enumerable.Range(200, 30).Select(i =>
            ReportData.Clean(i) with { Rejected = "I do not know." })]);
        Assert.Equal("3 rows (2.3 %) repeat an earlier row in prompt and responses.", report.Finding("D301").Message);
        Assert.Equal([100, 101, 102], report.Finding("D301").Examples.Select(row => row.Row));
        Assert.Equal("One response comes 30 times in 266.", report.Finding("D303").Message);
        Assert.Equal((2, 130), (report.Value("duplicates", "mostOfPrompt"), report.Value("counts", "prompts")));
    }

    [Fact]
    public async Task Prompts_of_both_sides_are_found()
    {
        var heldOut = ReportData.Cleans(4).Select((pair, i) => i == 1 ? pair with { Prompt = pair.Prompt.Text!.ToUpperInvariant() + "\n" }
            : pair with { Prompt = $"Something else, number {i}, that nobody asked." });
        var report = await DataReport.OfAsync(ReportData.Stream(ReportData.Cleans(50)), heldOut: ReportData.Stream(heldOut));
        Assert.Equal((4, 0.25), (report.HeldOutRows, report.Value("leak", "same")));
        var finding = report.Finding("D401");
        Assert.Equal(("1 held-out row (25.0 %) has a prompt that is trained on.", FindingSeverity.Error), (finding.Message, finding.Severity));
        Assert.Equal(new RowReference(1, true, null, null, null), Assert.Single(finding.Examples));
        Assert.Equal(50, report.Value("counts", "rows"));
    }

    [Fact]
    public async Task Margins_against_the_label()
    {
        var rows = ReportData.Cleans(100).Select((pair, i) => i < 50 ? pair : pair with { Margin = i < 56 ? 0 : i < 60 ? -1.5 : 2 });
        var report = await ReportData.Of(rows);
        // 50 rated: 6 ties, 4 inverted, 40 at 2: mean (80 - 6) / 50 = 1.48.
        Assert.Equal((0.5, 0.12, 0.08), (report.Value("margins", "rated"), report.Value("margins", "tied"), report.Value("margins", "inverted")));
        Near.Equal(1.48, report.Value("margins", "mean")!.Value, 1e-12);
        Assert.Equal((FindingSeverity.Error, 4L), (report.Finding("D903").Severity, report.Finding("D903").Rows));
        Assert.Equal(6, report.Finding("D904").Rows);
    }

    [Fact]
    public async Task Swapped_columns_smell()
    {
        var cut = new string('x', 250) + " and so";
        var swapped = await ReportData.Of(ReportData.Cleans(100).Select(pair => pair with { Chosen = cut + pair.Chosen.Text![^5..^2] + "and" }));
        Assert.Equal(FindingSeverity.Error, swapped.Finding("D205").Severity);
        Assert.Equal("Where one response shows signs of being bad, it is the chosen one in 100.0 % of 100 pairs.", swapped.Finding("D205").Message);
        var right = await ReportData.Of(ReportData.Cleans(100).Select(pair => pair with { Rejected = cut + pair.Chosen.Text![^5..^2] + "and" }));
        Assert.DoesNotContain(right.Findings, finding => finding.Code == "D205");
        Assert.Equal((100, 0), (right.Value("smell", "decided"), right.Value("smell", "chosenWorse")));
    }

    [Fact]
    public async Task Limits_are_counted_by_cause()
    {
        PreferencePair Row(int prompt, int chosen, int rejected) => new(new string('p', prompt), new string('c', chosen), new string('r', rejected));
        var report = await ReportData.Of(new DataReportOptions { MaxCharacters = 10 }, Row(10, 1, 1), Row(4, 6, 6), Row(4, 7, 6), Row(4, 6, 7), Row(4,
            7, 7), Row(12, 9, 9));
        var section = report.Section("truncationCharacters")!;
        Assert.Equal((10, 5.0 / 6, 2, 1, 1, 1), (section.Value("limit"), section.Value("over"), section.Value("prompt"), section.Value("chosen"),
            section.Value("rejected"), section.Value("both")));
        Assert.Equal("2 prompts alone leave no room for a response within 10 characters.", report.Finding("D502").Message);
        Assert.Equal(["1 row is over 10 characters by the chosen text.", "1 row is over 10 characters by the rejected text.",
            "1 row is over 10 characters by both responses."],
            report.Findings.Where(finding => finding.Code == "D503").Select(finding => finding.Message));
    }

    [Fact]
    public async Task Nearly_the_same_prompts_are_found_in_both_streams()
    {
        // 60 words of which one differs: of 56 groups of five words 5 differ, 51 / 61 = 0.836 are shared.
        string Long(int salt) => string.Join(' ', Enumerable.Range(0, 60).Select(i => i == 30 ? $"changed{salt}" : $"word{i}"));
        var train = Enumerable.Range(0, 20).Select(i => ReportData.Clean(i) with { Prompt = i is 5 or 9 or 12 or 15 ? Long(i) : ReportData.Clean(i).Prompt });
        var report = await DataReport.OfAsync(ReportData.Stream(train), heldOut: ReportData.Stream(ReportData.Clean(40), ReportData.Clean(41) with { Prompt = Long(99) }));
        Assert.Equal((3.0 / 20, 0.5, 0), (report.Value("duplicates", "nearPrompts"), report.Value("leak", "near"), report.Value("leak", "same")));
        Assert.Equal([9, 12, 15], report.Finding("D302").Examples.Select(row => row.Row));
        Assert.Equal("3 prompts of 20 are nearly an earlier one.", report.Finding("D302").Message);
        Assert.Equal(1, Assert.Single(report.Finding("D402").Examples).Row);

        var without = await DataReport.OfAsync(ReportData.Stream(train), new DataReportOptions { NearDuplicates = false });
        Assert.Null(without.Value("duplicates", "nearPrompts"));
        Assert.DoesNotContain(without.Findings, finding => finding.Code == "D302");
    }
}
