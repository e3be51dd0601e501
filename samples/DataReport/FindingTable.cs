using System.Globalization;
using Alignment.Data;
using Spectre.Console;

namespace Alignment.Samples;

/// <summary>The findings of a report on the console.</summary>
internal static class FindingTable
{
    public static void Write(DataReport report)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture,
            $"[bold]{report.Title}[/]: {report.Rows:N0} rows{(report.HeldOutRows is { } heldOut ? $", {heldOut:N0} held out" : "")}");
        if (report.Findings.Count == 0)
        {
            AnsiConsole.MarkupLine("[green]Nothing was found that should be looked at.[/]");
            return;
        }
        var table = new Table { Border = TableBorder.Rounded, ShowRowSeparators = true };
        table.AddColumns("", "Finding", "What to do");
        foreach (var finding in report.Findings)
        {
            var rows = finding.Examples.Count == 0 ? ""
                : $"\n[grey]rows {string.Join(", ", finding.Examples.Select(row => row.Row))}{(finding.Rows > finding.Examples.Count ? ", ..." : "")}[/]";
            table.AddRow($"[{Colour(finding.Severity)}]{finding.Code}[/]", Screen.Plain(finding.Message) + rows, Screen.Plain(finding.Remedy));
        }
        AnsiConsole.Write(table);
    }

    private static string Colour(FindingSeverity severity) => severity switch { FindingSeverity.Error => "red bold", FindingSeverity.Warning =>
        "yellow", _ => "blue" };
}
