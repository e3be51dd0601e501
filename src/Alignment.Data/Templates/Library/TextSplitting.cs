namespace Alignment.Data.Templates;

/// <summary>Texts cut into parts.</summary>
internal static class TextSplitting
{
    public static Value Split(Rendering rendering, Value self, Arguments arguments)
    {
        var (separator, most) = Bind(rendering, arguments, "split");
        if (separator is null)
            return Words(rendering, self.Text, most);

        rendering.ChargeScan(self.Text.Length, separator.Length);
        var parts = new List<Value>();
        var start = 0;
        for (int at; parts.Count < most && (at = self.Text.IndexOf(separator, start, StringComparison.Ordinal)) >= 0; start = at + separator.Length)
            Add(rendering, parts, self.Text[start..at]);
        Add(rendering, parts, self.Text[start..]);
        return Sequence.List([.. parts]);
    }

    public static Value SplitFromRight(Rendering rendering, Value self, Arguments arguments)
    {
        var (separator, most) = Bind(rendering, arguments, "rsplit");
        if (separator is null)
            throw rendering.Error("rsplit() needs the argument 'sep' here.");

        rendering.ChargeScan(self.Text.Length, separator.Length);
        var parts = new List<Value>();
        var end = self.Text.Length;
        for (int at; parts.Count < most && end > 0 && (at = LastBefore(self.Text, separator, end)) >= 0; end = at)
            Add(rendering, parts, self.Text[(at + separator.Length)..end]);
        Add(rendering, parts, self.Text[..end]);
        parts.Reverse();
        return Sequence.List([.. parts]);
    }

    public static Value SplitLines(Rendering rendering, Value self, Arguments arguments)
    {
        var keepsEnds = Truth.Of(arguments.Bind(rendering, "splitlines", 0, "keepends")[0]);
        rendering.Charge(self.Text.Length);
        var lines = PythonText.Lines(self.Text, keepsEnds);
        rendering.ChargeItems(lines.Count);
        return Sequence.List([.. lines.Select(Value.Of)]);
    }

    public static Value Partition(Rendering rendering, Value self, Arguments arguments, bool fromRight)
    {
        var separator = NotEmpty(rendering, arguments.Bind(rendering, "partition", 1, "sep")[0]);
        rendering.ChargeScan(self.Text.Length, separator.Length);
        var at = fromRight ? self.Text.LastIndexOf(separator, StringComparison.Ordinal) : self.Text.IndexOf(separator, StringComparison.Ordinal);
        if (at < 0)
        {
            return fromRight
                ? Sequence.Tuple(Value.EmptyText, Value.EmptyText, self)
                : Sequence.Tuple(self, Value.EmptyText, Value.EmptyText);
        }

        return Sequence.Tuple(Value.Of(self.Text[..at]), Value.Of(separator), Value.Of(self.Text[(at + separator.Length)..]));
    }

    private static (string? Separator, long Most) Bind(Rendering rendering, Arguments arguments, string method)
    {
        var bound = arguments.Bind(rendering, method, 0, "sep", "maxsplit");
        var most = bound[1].IsMissing ? -1 : Require.Integer(rendering, bound[1], $"The maxsplit of {method}()");
        var separator = bound[0].IsMissing || bound[0].IsNone ? null : NotEmpty(rendering, bound[0]);
        return (separator, most < 0 ? long.MaxValue : most);
    }

    private static string NotEmpty(Rendering rendering, Value separator)
        => Require.Text(rendering, separator, "A separator") is { Length: > 0 } text ? text : throw rendering.Error("A separator must not be empty.");

    // Parts between runs of white space; the rest after the last cut keeps what it has.
    private static Value Words(Rendering rendering, string text, long most)
    {
        var parts = new List<Value>();
        for (var start = Space.Skip(text, 0); start < text.Length; start = Space.Skip(text, start))
        {
            var end = start;
            while (end < text.Length && !Space.Is(text[end]))
                end++;
            if (parts.Count == most)
                end = text.Length;
            Add(rendering, parts, text[start..end]);
            start = parts.Count > most ? text.Length : end;
        }

        return Sequence.List([.. parts]);
    }

    private static int LastBefore(string text, string separator, int end) => text.AsSpan(0, end).LastIndexOf(separator);

    private static void Add(Rendering rendering, List<Value> parts, string part)
    {
        parts.Add(rendering.Made(part));
        rendering.Step();
        rendering.ThrowIfTooMany(parts.Count);
    }
}
