using Spectre.Console;

namespace Alignment.Samples;

/// <summary>What samples write on the console.</summary>
internal static class Screen
{
    public static void Line(FormattableString text) => AnsiConsole.MarkupLine(Markup.Escape(FormattableString.Invariant(text)));

    /// <summary>A table; where texts are code, its lines stay lines.</summary>
    public static void Table(string[] headings, IEnumerable<string[]> rows, bool isCode = false)
    {
        var table = new Table { Border = TableBorder.Rounded, ShowRowSeparators = true };
        table.AddColumns(headings);
        foreach (var row in rows) table.AddRow([.. row.Select(text => isCode ? string.Join('\n', text.Split('\n').Select(Plain)) : Plain(text))]);
        AnsiConsole.Write(table);
    }

    /// <summary>Tells a result, in green where it is as good as was asked for and else in red.</summary>
    public static bool Verdict(bool isMet, FormattableString result)
    {
        AnsiConsole.MarkupLine($"[{(isMet ? "green" : "red")}]{Markup.Escape(FormattableString.Invariant(result))}[/]");
        return isMet;
    }

    /// <summary>Text that changes nothing on a terminal: a model in its first steps may write anything, control characters among it.</summary>
    public static string Plain(string text) => Markup.Escape(new string([.. text.Select(c => char.IsControl(c) ? ' ' : c)]));
}
