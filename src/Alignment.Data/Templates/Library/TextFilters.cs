namespace Alignment.Data.Templates;

/// <summary>Filters of texts. What is no text is taken as it prints.</summary>
internal static class TextFilters
{
    public static Method Changes(Func<string, string> change) => (rendering, value, arguments) =>
    {
        arguments.Bind(rendering, "The filter", 0);
        return rendering.Made(change(Display.Text(rendering, value)));
    };

    public static Value Trim(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "trim", 0, "chars");
        return TextMethods.Find("strip")!(rendering, Value.Of(Display.Text(rendering, value)), arguments);
    }

    public static Value Replace(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "replace", 2, "old", "new", "count");
        return Joining.Replace(
            rendering,
            Display.Text(rendering, value),
            Display.Text(rendering, bound[0]),
            Display.Text(rendering, bound[1]),
            bound[2].IsMissing || bound[2].IsNone ? -1 : Require.Integer(rendering, bound[2], "The count of replace()"));
    }

    public static Value Indent(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "indent", 0, "width", "first", "blank");
        var width = bound[0].IsMissing ? Value.Of(4) : bound[0];
        var indent = width.IsText
            ? width.Text
            : new BoundedText(rendering).Append(' ', Require.Integer(rendering, width, "The width of indent()")).ToString();

        var source = Require.Text(rendering, value, "What indent() indents");
        rendering.Charge(source.Length / 4);
        var text = new BoundedText(rendering);
        var isFirst = true;
        foreach (var line in PythonText.Lines(source + "\n"))
        {
            rendering.Step();
            if (!isFirst)
                text.Append('\n');
            if (isFirst ? Truth.Of(bound[1]) : line.Length > 0 || Truth.Of(bound[2]))
                text.Append(indent);
            text.Append(line);
            isFirst = false;
        }

        return Value.Of(text.ToString());
    }

    /// <summary>For HTML, as markupsafe escapes.</summary>
    public static Value Escape(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "escape", 0);
        var text = new BoundedText(rendering);
        foreach (var unit in Display.Text(rendering, value))
        {
            if (unit switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&#34;", '\'' => "&#39;", _ => null } is { } escape)
                text.Append(escape);
            else
                text.Append(unit);
        }

        return Value.Of(text.ToString());
    }

    public static Value Truncate(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "truncate", 0, "length", "killwords", "end", "leeway");
        var length = bound[0].IsMissing ? 255 : Require.Integer(rendering, bound[0], "The length of truncate()");
        var end = bound[2].IsMissing ? "..." : Require.Text(rendering, bound[2], "The end of truncate()");
        var leeway = bound[3].IsMissing || bound[3].IsNone ? 5 : Require.Integer(rendering, bound[3], "The leeway of truncate()");
        var kept = length - CodePoints.Count(end);
        if (kept < 0 || leeway < 0)
            throw rendering.Error("The length of truncate() must be at least that of its end, and its leeway at least 0.");

        var source = Require.Text(rendering, value, "What truncate() cuts");
        if (Iteration.Length(rendering, value) - leeway <= length)
            return value;
        var cut = Slicing.Slice(rendering, Value.Of(source), Value.None, Value.Of(kept), Value.None).Text;
        if (!Truth.Of(bound[1]) && cut.LastIndexOf(' ') is var space and >= 0)
            cut = cut[..space];
        return rendering.Made(cut + end);
    }

    public static Value CountWords(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "wordcount", 0);
        var text = Display.Text(rendering, value);
        rendering.Charge(text.Length);
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsWord(text[i]) && (i == 0 || !IsWord(text[i - 1])))
                count++;
        }

        return Value.Of(count);
    }

    public static Value Center(Rendering rendering, Value value, Arguments arguments)
    {
        var width = arguments.Bind(rendering, "center", 0, "width")[0];
        var given = Arguments.Of(width.IsMissing ? Value.Of(80) : width);
        return Padding.Pad(rendering, Value.Of(Display.Text(rendering, value)), given, "center");
    }

    private static bool IsWord(char unit) => unit == '_' || char.IsLetterOrDigit(unit);
}
