using System.Globalization;
using System.Xml.Linq;
using Alignment.Reports;

namespace Alignment.Data.Reports;

/// <summary>A report as a page: what was found first, then every measure.</summary>
internal static class DataReportPage
{
    public static string Of(DataReport report)
    {
        var page = new HtmlPage($"{report.Title}: data report");
        page.Add(
            new XElement("h1", $"{report.Title}: data report"),
            new XElement("p", Class("muted"),
                $"{KindOf(report.Kind)} · {report.Created.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC"),
            Tiles(report),
            new XElement("nav", Link("findings", "Findings"), report.Sections.Select(section => Link(section.Name, section.Title)),
                report.Previews.Count == 0 ? null : Link("preview", "Preview")),
            Findings(report),
            report.Sections.Select(Section));
        if (report.Previews.Count > 0) page.Add(Previews(report.Previews));
        return page.ToString();
    }

    private static XElement Tiles(DataReport report)
    {
        var errors = Count(report, FindingSeverity.Error);
        var warnings = Count(report, FindingSeverity.Warning);
        return new XElement("div", Class("tiles"),
            Tile("Rows", Figures.Whole(report.Rows), ""),
            report.HeldOutRows is { } heldOut ? Tile("Held out", Figures.Whole(heldOut), "") : null,
            Tile("Errors", Figures.Whole(errors), errors > 0 ? "error" : "good"),
            Tile("Warnings", Figures.Whole(warnings), warnings > 0 ? "warning" : "good"),
            Tile("To know", Figures.Whole(Count(report, FindingSeverity.Info)), "info"));
    }

    private static XElement Tile(string label, string value, string type) => new("div", Class($"tile {type}".TrimEnd()), new XElement("b", value),
        new XElement("span", Class("muted"), label));

    private static XElement Findings(DataReport report) => new("section", Class("card"), new XAttribute("id", "findings"), new XElement("h2", "Findings"),
        report.Findings.Count == 0 ? new XElement("div", Class("finding good"), new XElement("p", "Nothing was found that should be looked at."))
            : report.Findings.Select(Finding));

    private static XElement Finding(DataFinding finding) => new("div", Class($"finding {TypeOf(finding.Severity)}"),
        new XElement("p", new XElement("span", Class("badge"), $"{finding.Severity} {finding.Code}"), finding.Message),
        new XElement("p", Class("muted"), finding.Remedy),
        finding.Examples.Count == 0 ? null : new XElement("ul", Class("rows"), finding.Examples.Select(row => new XElement("li", Describe(row)))));

    private static XElement Section(DataSection section) => new("section", Class("card"), new XAttribute("id", section.Name),
        new XElement("h2", section.Title),
        new XElement("p", Class("note"), section.Note),
        section.Figures.Count == 0 ? null : new XElement("dl", Class("figures"), section.Figures.Select(figure => new XElement("div",
            new XElement("dt", figure.Label), new XElement("dd", FigureText.Of(figure), Interval(figure))))),
        section.Tables.Select(Table),
        section.Histograms.Count == 0 ? null : new XElement("div", Class("charts"), section.Histograms.Select(Chart)));

    private static XElement? Interval(DataFigure figure) =>
        figure is { Low: { } low, High: { } high } ? new XElement("span", Class("interval"),
            $"95 %: {FigureText.Of(figure.Unit, low)} to {FigureText.Of(figure.Unit, high)}") : null;

    private static object Table(DataTable table) => new object[]
    {
        new XElement("h3", table.Title),
        new XElement("table",
            new XElement("thead", new XElement("tr", table.Columns.Select(column => new XElement("th", column)))),
            new XElement("tbody", table.Rows.Select(row => new XElement("tr", new XElement("td", row.Name),
                row.Values.Select((value, i) => new XElement("td", value is { } number ? FigureText.Of(table.Units[i], number) : "–")))))),
    };

    private static XElement Chart(DataHistogram histogram) => new("figure", new XElement("figcaption", histogram.Title),
        BarChart.Of(histogram.Title, FigureText.NounOf(histogram.Unit), histogram.Edges, [.. histogram.Series.Select(series => (series.Name, series.Counts))]));

    private static XElement Previews(IReadOnlyList<DataPreview> previews) => new("section", Class("card"), new XAttribute("id", "preview"),
        new XElement("h2", "Preview"),
        new XElement("p", Class("note"), "Tokens decoded again, special tokens spelled. What is marked is trained."),
        previews.Select(preview => new object[]
        {
            new XElement("h3", $"{Describe(preview.Row)}, {preview.Part}"),
            new XElement("div", Class("preview"), preview.Pieces.Select(piece => piece.Trained ? new XElement("mark", piece.Text) : (object)piece.Text)),
        }));

    private static string Describe(RowReference row)
    {
        var name = $"{(row.HeldOut ? "held-out row" : "row")} {Figures.Whole(row.Row)}";
        if (row.Id is not null) name += $", id {row.Id}";
        if (row.Source is not null) name += $", source {row.Source}";
        return row.Text is null ? name : $"{name}: {row.Text}";
    }

    private static XElement Link(string id, string text) => new("a", new XAttribute("href", "#" + id), text);

    private static XAttribute Class(string names) => new("class", names);

    private static int Count(DataReport report, FindingSeverity severity) => report.Findings.Count(finding => finding.Severity == severity);

    private static string TypeOf(FindingSeverity severity) => severity switch { FindingSeverity.Error => "error", FindingSeverity.Warning =>
        "warning", _ => "info" };

    private static string KindOf(RecordKind kind) => kind switch
    {
        RecordKind.Pairs => "preference pairs",
        RecordKind.Unpaired => "judged responses",
        RecordKind.Demonstrations => "demonstrations",
        _ => "prompts",
    };
}
