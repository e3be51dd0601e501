using Xunit.Abstractions;

namespace Alignment.Data.Tests.Report;

/// <summary>Reports on real rows: those of samples/data, and HH-RLHF where it lies beside the repository.</summary>
public sealed class RealRowsTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_samples_data_have_no_errors_and_are_as_their_readme_says()
    {
        var folder = Path.Combine(Repository.Root, "samples", "data");
        var report = await DataReport.OfAsync(
            PreferenceReader.ReadAsync(Path.Combine(folder, "emergency-pairs.parquet")),
            new DataReportOptions { Tokenizer = HuggingFaceTokenizer.FromPretrained(folder) },
            PreferenceReader.ReadAsync(Path.Combine(folder, "emergency-heldout.parquet")));
        // The README: 1,440 and 380 rows; no prompt twice, within a file or across both; tokens, median and most: prompt 27 and 55, chosen 37 and 68, rejected 36 and 59; half Korean.
        Assert.DoesNotContain(report.Findings, finding => finding.Severity > FindingSeverity.Info);
        Assert.Equal((1440, 380L, 1440, 0), (report.Rows, report.HeldOutRows, report.Value("counts", "prompts"), report.Value("leak", "same")));
        var tokens = report.Section("lengths")!.Tables.Single(table => table.Name == "tokens").Rows.ToDictionary(row => row.Name, row =>
            (Median: row.Values[1], Most: row.Values[^1]));
        Assert.Equal(((27, 55), (38, 69), (37, 60)), (tokens["prompt"], tokens["chosen"], tokens["rejected"]));   // with the end token
        var languages = report.Section("languages")!.Tables[0].Rows.ToDictionary(row => row.Name, row => row.Values[0]!.Value);
        Assert.InRange(languages["ko"], 0.45, 0.55);
        Assert.True(languages["ko"] + languages["en"] > 0.95);
    }

    [Fact]
    public async Task The_methods_of_the_samples_have_no_errors_and_are_as_their_readme_says()
    {
        var folder = Path.Combine(Repository.Root, "samples", "data", "coding");
        var report = await DataReport.OfAsync(
            PreferenceReader.ReadAsync(Path.Combine(folder, "coding-pairs.parquet")),
            new DataReportOptions { Tokenizer = HuggingFaceTokenizer.FromPretrained(folder) },
            PreferenceReader.ReadAsync(Path.Combine(folder, "coding-heldout.parquet")));
        foreach (var finding in report.Findings) output.WriteLine($"{finding.Severity} {finding.Code} {finding.Message}");
        // Answers to Korean prompts are code, which looks like English.
        Assert.All(report.Findings.Where(finding => finding.Severity > FindingSeverity.Info), finding => Assert.Equal("D701", finding.Code));
        Assert.Equal((1520, 320L, 1520, 0), (report.Rows, report.HeldOutRows, report.Value("counts", "prompts"), report.Value("leak", "same")));
        var tokens = report.Section("lengths")!.Tables.Single(table => table.Name == "tokens").Rows.ToDictionary(row => row.Name, row =>
            (Median: row.Values[1], Most: row.Values[^1]));
        Assert.Equal(((28, 52), (43, 109), (43, 77)), (tokens["prompt"], tokens["chosen"], tokens["rejected"]));   // with the end token
        Assert.InRange(report.Value("lengthBias", "auc")!.Value, 0.45, 0.55);
    }

    [Fact]
    public async Task Real_transcripts_give_sane_numbers()
    {
        var path = Golden.Path("..", "data", "hh-sample.jsonl");
        if (!File.Exists(path))
        {
            output.WriteLine("shared/data is absent: nothing was looked at.");
            return;
        }
        var report = await DataReport.OfAsync(PreferenceReader.ReadAsync(path));
        foreach (var finding in report.Findings) output.WriteLine($"{finding.Severity} {finding.Code} {finding.Message}");
        foreach (var row in report.Section("languages")!.Tables[0].Rows) output.WriteLine($"{row.Name} {string.Join(' ', row.Values)}");
        foreach (var section in report.Sections)
            foreach (var figure in section.Figures) output.WriteLine($"{section.Name}.{figure.Name} {figure.Value}");
        Assert.Equal(400, report.Rows);
        Assert.False(report.HasErrors);
        Assert.Equal(13, report.Finding("D102").Examples.Single().Row);   // chosen is a single space
        Assert.Equal([124, 184], report.Finding("D105").Examples.Select(row => row.Row));   // two answers of the assistant in a row
        Assert.InRange(report.Value("lengthBias", "auc")!.Value, 0.35, 0.65);
        var languages = report.Section("languages")!.Tables[0].Rows;
        Assert.Empty(languages.Select(row => row.Name).Except(["en", "Latn", "zxx"]));   // short answers are of no known language, and none is of a wrong one
        Assert.All(languages.Single(row => row.Name == "en").Values, share => Assert.True(share > 0.9));
        Assert.InRange(report.Value("refusals", "chosen")!.Value, 0, 0.3);
    }
}
