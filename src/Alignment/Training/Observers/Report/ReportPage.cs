using System.Globalization;
using System.Xml.Linq;
using Alignment.Reports;

namespace Alignment.Training;

/// <summary>The page of a run.</summary>
internal static class ReportPage
{
    public static string Of(RunStarted started, RunRecord record, string title, IReadOnlyList<KeyValuePair<string, string>> data, DateTimeOffset now)
    {
        var page = new HtmlPage(title);
        page.Add(
            new XElement("h1", title),
            new XElement("p", Class("muted"), $"{State(record)} · {now.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"),
            Tiles(started, record),
            new XElement("section", Class("card"), new XElement("h2", "Curves"),
                new XElement("p", Class("note"), "Of long runs, the least and the greatest of each stretch of steps. "
                    + "Names that begin with eval/ are measured on rows that are held out."),
                new XElement("div", Class("charts"), ReportCharts.Of(record.Curves))));
        if (record.Last is not null) page.Add(Evaluations(record));
        if (record.Last?.Answers.Count > 0) page.Add(Answers(record));
        if (record.Responses.Count > 0) page.Add(Responses(record));
        if (record.Warnings.Count > 0) page.Add(Warnings(record));
        page.Add(
            Table("Data", [new("Rows", Whole(started.Rows)), new("Rows held out", Whole(started.HeldOutRows)), .. data]));
        if (record.FirstRow.Count > 0) page.Add(FirstRow(record));
        if (record.Memory.Count > 0) page.Add(Memory(record));
        page.Add(
            Table("Settings", [new("Method", started.Method), .. started.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)]),
            new XElement(ReportFile.Carrier, new XAttribute("id", ReportFile.CarrierId), RunRecordJson.Write(record)));
        return page.ToString();
    }

    private static string State(RunRecord record) =>
        record.Error is { } error ? $"failed after {Whole(record.Step)} steps: {error}"
        : record.Ended is { } ended ? RunText.Of(ended)
        : $"after {Whole(record.Step)} steps";

    private static XElement Tiles(RunStarted started, RunRecord record)
    {
        var warnings = record.Warnings.Count + record.MoreWarnings;
        return new XElement("div", Class("tiles"),
            Tile("Steps", $"{Whole(record.Step)} / {Whole(started.TotalSteps)}", record.Error is null ? "" : "error"),
            LastOf("Loss", MetricNames.Loss),
            LastOf("Held-out loss", MetricNames.EvaluationPrefix + MetricNames.Loss),
            Tile("Parameters", ShortNumber.Of(started.Parameters), ""),
            Tile("Trained", ShortNumber.Of(started.TrainedParameters), ""),
            Tile("Warnings", Whole(warnings), warnings > 0 ? "warning" : "good"));

        XElement? LastOf(string label, string name) =>
            record.Curves.TryGetValue(name, out var curve) && curve.Points is [.., var last] ? Tile(label, MetricLine.Number(last.Value), "") : null;
    }

    private static XElement Tile(string label, string value, string type) =>
        new("div", Class($"tile {type}".TrimEnd()), new XElement("b", value), new XElement("span", Class("muted"), label));

    private static XElement Evaluations(RunRecord record)
    {
        var columns = new (string Name, EvaluationDone? Evaluation)[] { ("First", record.First), ("Best", record.Best), ("Last", record.Last) }
            .Where(column => column.Evaluation is not null)
            .Select(column => (Title: $"{column.Name}, step {Whole(column.Evaluation!.Step)}", Values: Values(column.Evaluation))).ToList();
        var names = columns.SelectMany(column => column.Values.Keys).Distinct();
        return new XElement("section", Class("card"), new XElement("h2", "Evaluations"),
            new XElement("table",
                new XElement("thead", new XElement("tr", new XElement("th"), columns.Select(column => new XElement("th", column.Title)))),
                new XElement("tbody", names.Select(name => new XElement("tr", new XElement("td", name),
                    columns.Select(column => new XElement("td", Number(column.Values, name))))))));
    }

    private static string Number(OrderedDictionary<string, double> values, string name) =>
        values.TryGetValue(name, out var value) && !double.IsNaN(value) ? MetricLine.Number(value) : "–";

    private static OrderedDictionary<string, double> Values(EvaluationDone evaluation)
    {
        var values = new OrderedDictionary<string, double>();
        foreach (var (name, value) in evaluation.Metrics) values[name] = value;
        return values;
    }

    private static XElement Answers(RunRecord record)
    {
        var (first, last) = (record.First!, record.Last!);
        var before = first.Step < last.Step ? first.Answers.ToLookup(answer => answer.Prompt, answer => answer.Response) : null;
        return new XElement("section", Class("card"), new XElement("h2", "Answers"), last.Answers.Select((answer, i) => new object[]
        {
            new XElement("h3", $"Prompt {Whole(i + 1)}"),
            new XElement("div", Class("preview"), answer.Prompt),
            new XElement("div", Class("charts"),
                before?[answer.Prompt].Take(1).Select(response => Answer("Before", first.Step, response)),
                Answer("After", last.Step, answer.Response)),
        }));
    }

    private static XElement Answer(string when, int step, string response) =>
        new("div", new XElement("p", Class("muted"), $"{when}: step {Whole(step)}"), new XElement("div", Class("preview"), response));

    private static XElement Responses(RunRecord record) => new("section", Class("card"), new XElement("h2", "Sampled responses"),
        new XElement("p", Class("note"), "What the policy was rewarded for: responses of the first step and of the last, with their scores as the source gave them."),
        new XElement("table", Class("texts"),
            new XElement("thead", new XElement("tr", new XElement("th", "Step"), new XElement("th", "Prompt"), new XElement("th", "Response"), new XElement("th", "Reward"))),
            new XElement("tbody", record.Responses.SelectMany(sampled => sampled.Rows.Select(row => new XElement("tr", new XElement("td", Whole(sampled.Step)),
                new XElement("td", row.Prompt), new XElement("td", row.Response), new XElement("td", MetricLine.Number(row.Score))))))));

    private static XElement FirstRow(RunRecord record) => new("section", Class("card"), new XElement("h2", "First row"),
        new XElement("p", Class("note"), "Tokens decoded again, special tokens spelled. What is marked is trained."),
        record.FirstRow.Select(sequence => new object[]
        {
            new XElement("h3", sequence.Name),
            new XElement("div", Class("preview"), sequence.Spans.Select(span => span.IsTrained ? new XElement("mark", span.Text) : (object)span.Text)),
        }));

    private static XElement Memory(RunRecord record) =>
        Table("Memory, counted before the run", [.. record.Memory.Select(part => KeyValuePair.Create(part.Key, RunText.Bytes(part.Value)))]);

    private static XElement Warnings(RunRecord record) => new("section", Class("card"), new XElement("h2", "Warnings"),
        record.Warnings.Select(warning => new XElement("div", Class("finding warning"),
            new XElement("p", new XElement("span", Class("badge"), warning.Code), $"Step {Whole(warning.Step)}: {warning.Message}"))),
        record.MoreWarnings == 0 ? null : new XElement("p", Class("muted"), $"and {Whole(record.MoreWarnings)} more"));

    private static XElement Table(string title, IReadOnlyList<KeyValuePair<string, string>> rows) => new("section", Class("card"), new XElement("h2", title),
        new XElement("table", new XElement("tbody", rows.Select(row => new XElement("tr", new XElement("td", row.Key), new XElement("td", row.Value))))));

    private static XAttribute Class(string names) => new("class", names);

    private static string Whole(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
