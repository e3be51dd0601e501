using System.Xml.Linq;

namespace Alignment.Data.Tests.Report;

/// <summary>The report as JSON and as a page.</summary>
public sealed class ReportTextTests
{
    private const string Hostile = "<script>alert(1)</script>\" onload='x' &amp; ]]> <!-- \u0000\u001b[31m\uD800 한국어";

    private static Task<DataReport> HostileReport() => DataReport.OfAsync(
        ReportData.Stream([.. ReportData.Cleans(60), new(Hostile, Hostile, Hostile) { Id = Hostile, Source = Hostile }]),
        new DataReportOptions { Title = Hostile, IncludeExamples = true, Time = new StoppedClock() },
        ReportData.Stream(new PreferencePair(Hostile, "a", "b") { Source = "</style>" }));

    [Fact]
    public async Task Json_comes_back_as_it_was()
    {
        var report = await HostileReport();
        var json = report.ToJson();
        var again = DataReport.FromJson(json);
        Assert.Equal(json.Replace("\\uFFFD", "\uFFFD", StringComparison.Ordinal), again.ToJson());   // half a surrogate pair, which JSON can't carry
        Assert.Equal((report.Rows, report.HeldOutRows, report.Kind, report.Created), (again.Rows, again.HeldOutRows, again.Kind, again.Created));
        Assert.Equal(report.Findings.Count, again.Findings.Count);
        Assert.Equal(report.Value("lengthBias", "auc"), again.Value("lengthBias", "auc"));
        Assert.StartsWith("{\n  \"schemaVersion\": 1,\n  \"title\": ", json, StringComparison.Ordinal);
        Assert.Contains("\"created\": \"2026-03-01T12:00:00+00:00\",\n  \"kind\": \"Pairs\",\n  \"rows\": 61,\n  \"heldOutRows\": 1,\n  " +
            "\"findings\": [", json, StringComparison.Ordinal);
        Assert.Contains("한국어", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing", "A data report must be the JSON that DataReport.ToJson writes.")]
    [InlineData("null", "A data report must be the JSON that DataReport.ToJson writes.")]
    [InlineData("{}", "A data report must be the JSON that DataReport.ToJson writes.")]
    [InlineData("{\"title\":null,\"created\":\"2026-03-01T12:00:00Z\",\"kind\":\"Pairs\",\"rows\":1}",
        "A data report must be the JSON that DataReport.ToJson writes.")]
    [InlineData("{\"schemaVersion\":2,\"title\":\"\",\"created\":\"2026-03-01T12:00:00Z\",\"kind\":\"Pairs\",\"rows\":1}",
        "A data report must have a schemaVersion from 1 to 1; it has 2.")]
    public void Other_json_is_refused(string json, string message) => Assert.StartsWith(message, Assert.Throws<DataFormatException>(() =>
        DataReport.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task The_page_is_well_formed_and_holds_no_text_as_markup()
    {
        var html = (await HostileReport()).ToHtml();
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", html, StringComparison.Ordinal);
        var page = XDocument.Parse(html["<!DOCTYPE html>\n".Length..]).Root!;
        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object");
        Assert.Single(page.Descendants("style"));
        Assert.DoesNotContain(page.DescendantsAndSelf().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on",
            StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "href" or "src" && !attribute.Value.StartsWith('#'));
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
            page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value);
        Assert.Contains("<script>alert(1)</script>\" onload='x' &amp; ]]> <!-- ␀␛[31m\uFFFD 한국어: data report", page.Descendants("h1").Single().Value,
            StringComparison.Ordinal);
        Assert.DoesNotContain("<p />", html, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants("style").Single().Value, c => c is '<' or '>' or '&');
    }

    [Fact]
    public async Task Texts_appear_only_where_asked_for()
    {
        PreferencePair[] rows = [new("secret prompt", "secret answer", "secret answer") { Id = "row-7" }];
        var closed = await ReportData.Of(rows);
        Assert.DoesNotContain("secret", closed.ToJson() + closed.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("id row-7", closed.ToHtml(), StringComparison.Ordinal);
        var open = await ReportData.Of(new DataReportOptions { IncludeExamples = true }, rows);
        Assert.Equal("prompt: secret prompt | chosen: secret answer | rejected: secret answer", open.Finding("D201").Examples[0].Text);
        var long_ = await ReportData.Of(new DataReportOptions { IncludeExamples = true }, new PreferencePair(new string('x', 159) + "😀", "a", "a"));
        Assert.Equal($"prompt: {new string('x', 159)}… | chosen: a | rejected: a", long_.Finding("D201").Examples[0].Text);
    }

    [Fact]
    public async Task Saving_writes_both_files()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("alignment-report").FullName, "new", "folder");
        try
        {
            var report = await HostileReport();
            report.Save(folder);
            Assert.Equal(report.ToJson(), File.ReadAllText(Path.Combine(folder, "report.json")));
            Assert.Equal(report.ToHtml(), File.ReadAllText(Path.Combine(folder, "report.html")));
            Assert.Equal(2, Directory.GetFiles(folder).Length);
        }
        finally
        {
            Directory.Delete(Path.GetFullPath(Path.Combine(folder, "..", "..")), recursive: true);
        }
    }

    [Fact]
    public async Task Examples_are_as_many_as_asked_for()
    {
        var rows = Enumerable.Range(0, 9).Select(i => new PreferencePair($"{i}?", "same", "same"));
        Assert.Equal(5, (await ReportData.Of(rows)).Finding("D201").Examples.Count);
        Assert.Empty((await ReportData.Of(new DataReportOptions { ExamplesPerFinding = 0 }, rows)).Finding("D201").Examples);
    }

    [Fact]
    public async Task A_stop_is_an_exception()
    {
        using var stop = new CancellationTokenSource();
        async IAsyncEnumerable<PreferencePair> Endless()
        {
            for (var i = 0; ; i++)
            {
                await Task.Yield();
                if (i == 10) stop.Cancel();
                yield return ReportData.Clean(i);
            }
        }
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DataReport.OfAsync(Endless(), cancellationToken: stop.Token));
    }
}
