namespace Alignment.Data.Templates;

/// <summary>Places in texts, counted in code points.</summary>
internal static class TextSearch
{
    /// <summary>The part of a text between two bounds, each of which may be missing.</summary>
    public static Value Within(Rendering rendering, Value text, Value start, Value end) => start.IsMissing && end.IsMissing
        ? text
        : Slicing.Slice(rendering, text, start.IsMissing ? Value.None : start, end.IsMissing ? Value.None : end, Value.None);

    public static Value Find(Rendering rendering, Value self, Arguments arguments, string method)
    {
        var bound = arguments.Bind(rendering, method, 1, "text", "start", "end");
        var wanted = Require.Text(rendering, bound[0], $"What {method}() looks for");
        var text = Within(rendering, self, bound[1], bound[2]).Text;
        rendering.ChargeScan(text.Length, wanted.Length);
        var place = method[0] == 'r'
            ? text.LastIndexOf(wanted, StringComparison.Ordinal)
            : text.IndexOf(wanted, StringComparison.Ordinal);
        if (place < 0)
            return method.EndsWith("index", StringComparison.Ordinal) ? throw rendering.Error($"{method}() must find its text.") : Value.Of(-1);
        return Value.Of(CodePoints.Count(text.AsSpan(0, place)) + Skipped(rendering, self, bound[1]));
    }

    public static Value Count(Rendering rendering, Value self, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "count", 1, "text", "start", "end");
        var wanted = Require.Text(rendering, bound[0], "What count() looks for");
        var text = Within(rendering, self, bound[1], bound[2]).Text;
        rendering.ChargeScan(text.Length, wanted.Length);
        return Value.Of(wanted.Length == 0 ? CodePoints.Count(text) + 1 : text.AsSpan().Count(wanted));
    }

    private static long Skipped(Rendering rendering, Value self, Value start)
    {
        if (start.IsMissing || start.IsNone)
            return 0;
        var length = Iteration.Length(rendering, self);
        var place = Require.Integer(rendering, start, "The start of a search");
        return Math.Clamp(place < 0 ? place + length : place, 0, length);
    }
}
