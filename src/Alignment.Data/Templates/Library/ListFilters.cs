namespace Alignment.Data.Templates;

/// <summary>Filters of lists and of what else can be gone through.</summary>
internal static class ListFilters
{
    public static Value[] Copy(Rendering rendering, Value value)
    {
        var values = Iteration.Of(rendering, value);
        rendering.ChargeItems(values.Length);
        return [.. values];
    }

    public static Value Join(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "join", 0, "d", "attribute");
        var path = new MemberPath(rendering, bound[1]);
        var values = Array.ConvertAll(Iteration.Of(rendering, value), item => path.Of(rendering, item));
        return Joining.Join(rendering, values, bound[0].IsMissing ? "" : Display.Text(rendering, bound[0]), onlyTexts: false);
    }

    public static Value First(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "first", 0);
        if (value.IsText)
            return Slicing.Item(rendering, value, 0) is { IsMissing: false } point ? point : None("first");
        if (value.Kind == ValueKind.Sequence)
            return value.Sequence.TryTakeOne(out var item) ? item : None("first");
        return Iteration.Of(rendering, value) is [var first, ..] ? first : None("first");
    }

    public static Value Last(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "last", 0);
        if (value.IsText)
            return Slicing.Item(rendering, value, -1) is { IsMissing: false } point ? point : None("last");
        if (value.Kind == ValueKind.Sequence && !value.Sequence.HasLength)
            throw rendering.Error("The value of last must have a length; was a generator. Put '| list' before it.");
        return Iteration.Of(rendering, value) is [.., var last] ? last : None("last");
    }

    public static Value Items(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "items", 0);
        if (value.IsUndefined)
            return Sequence.Iterator([]);
        var map = Require.Map(rendering, value, "The value of items");
        rendering.ChargeItems(map.Count);
        return Sequence.Iterator(map.Items());
    }

    public static Value SortMap(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "dictsort", 0, "case_sensitive", "by", "reverse");
        var by = bound[1].IsMissing ? "key" : Require.Text(rendering, bound[1], "The 'by' of dictsort()");
        if (by is not ("key" or "value"))
            throw rendering.Error($"The 'by' of dictsort() must be key or value; was '{by}'.");
        var map = Require.Map(rendering, value, "The value of dictsort");
        rendering.ChargeItems(map.Count);
        var path = new MemberPath(rendering, Value.Of(by == "key" ? 0 : 1), ignoresCase: !Truth.Of(bound[0]));
        return Sequence.List(Sorting.Sort(rendering, map.Items(), item => path.Of(rendering, item), Truth.Of(bound[2])));
    }

    public static Value Sort(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "sort", 0, "reverse", "case_sensitive", "attribute");
        var path = new MemberPath(rendering, bound[2], ignoresCase: !Truth.Of(bound[1]));
        return Sequence.List(Sorting.Sort(rendering, Copy(rendering, value), item => path.Of(rendering, item), Truth.Of(bound[0])));
    }

    public static Value Reverse(Rendering rendering, Value value, Arguments arguments)
    {
        arguments.Bind(rendering, "reverse", 0);
        if (value.IsText)
            return Slicing.Slice(rendering, value, Value.None, Value.None, Value.Of(-1));
        var values = Copy(rendering, value);
        Array.Reverse(values);
        return Sequence.Iterator(values);
    }

    public static Value Unique(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "unique", 0, "case_sensitive", "attribute");
        var path = new MemberPath(rendering, bound[1], ignoresCase: !Truth.Of(bound[0]));
        var seen = new HashSet<Value>(ScalarComparer.Instance);
        return Sequence.Iterator(Array.FindAll(
            Copy(rendering, value), item => seen.Add(Require.Key(rendering, path.Of(rendering, item)))));
    }

    public static Value Batch(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "batch", 1, "linecount", "fill_with");
        var size = Require.Count(rendering, bound[0], "The linecount of batch()");
        if (size < 1)
            throw rendering.Error($"The linecount of batch() must be at least 1; was {size}.");

        var rows = new List<Value>();
        foreach (var row in Copy(rendering, value).Chunk(size))
        {
            var items = row;
            if (row.Length < size && !bound[1].IsMissing && !bound[1].IsNone)
            {
                rendering.ChargeItems(size);
                items = [.. row, .. Enumerable.Repeat(bound[1], size - row.Length)];
            }

            rows.Add(Sequence.List(items));
        }

        return Sequence.Iterator([.. rows]);
    }

    public static Value Sum(Rendering rendering, Value value, Arguments arguments)
    {
        var bound = arguments.Bind(rendering, "sum", 0, "attribute", "start");
        var path = new MemberPath(rendering, bound[0]);
        var sum = bound[1].IsMissing ? Value.Of(0) : bound[1];
        foreach (var item in Iteration.Of(rendering, value))
        {
            rendering.Step();
            sum = Arithmetic.Apply(rendering, "+", sum, path.Of(rendering, item));
        }

        return sum;
    }

    public static Value Extreme(Rendering rendering, Value value, Arguments arguments, string name, int sign)
    {
        var bound = arguments.Bind(rendering, name, 0, "case_sensitive", "attribute");
        var path = new MemberPath(rendering, bound[1], ignoresCase: !Truth.Of(bound[0]));
        Value best = default, bestKey = default;
        foreach (var item in Iteration.Of(rendering, value))
        {
            var key = path.Of(rendering, item);
            if (best.IsMissing || sign * Equality.Compare(rendering, key, bestKey, "<") > 0)
                (best, bestKey) = (item, key);
        }

        return best.IsMissing ? Value.UndefinedBecause("There is no aggregated item, the sequence was empty") : best;
    }

    private static Value None(string which) => Value.UndefinedBecause($"There is no {which} item, the sequence was empty");
}
