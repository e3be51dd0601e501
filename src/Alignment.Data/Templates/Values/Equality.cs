namespace Alignment.Data.Templates;

/// <summary>Python's <c>==</c>, <c>&lt;</c> and <c>in</c>.</summary>
internal static class Equality
{
    public static bool AreEqualNumbers(Value a, Value b)
        => a.IsWhole && b.IsWhole ? a.Integer == b.Integer : a.Number == b.Number;

    public static bool AreEqual(Rendering rendering, Value a, Value b)
    {
        if (a.IsNumber && b.IsNumber)
            return AreEqualNumbers(a, b);
        if (a.Kind != b.Kind)
            return false;
        return a.Kind switch
        {
            ValueKind.Text => AreEqual(rendering, a.Text, b.Text),
            ValueKind.Sequence => AreEqual(rendering, a.Sequence, b.Sequence),
            ValueKind.Map => AreEqual(rendering, a.Map, b.Map),
            ValueKind.Thing => ReferenceEquals(a.Thing, b.Thing),
            _ => true,
        };
    }

    /// <summary>Negative, 0 or positive; numbers, texts, lists and tuples have an order, and only among their like.</summary>
    public static int Compare(Rendering rendering, Value a, Value b, string sign)
    {
        rendering.Step();
        if (a.IsNumber && b.IsNumber)
            return a.IsWhole && b.IsWhole ? a.Integer.CompareTo(b.Integer) : a.Number.CompareTo(b.Number);
        if (a.IsText && b.IsText)
        {
            rendering.ChargeScan(Math.Min(a.Text.Length, b.Text.Length));
            return CodePoints.Compare(a.Text, b.Text);
        }

        if (a.Kind == ValueKind.Sequence && b.Kind == ValueKind.Sequence && a.Sequence.IsIndexed && a.Sequence.Form == b.Sequence.Form)
            return Compare(rendering, a.Sequence, b.Sequence, sign);
        Require.Defined(rendering, a);
        Require.Defined(rendering, b);
        throw rendering.Error($"'{sign}' is not supported between {Names.Of(a)} and {Names.Of(b)}.");
    }

    public static bool Contains(Rendering rendering, Value container, Value item)
    {
        if (container.IsText)
        {
            var wanted = Require.Text(rendering, item, "What is looked for in a text");
            rendering.ChargeScan(container.Text.Length, wanted.Length);
            return container.Text.Contains(wanted, StringComparison.Ordinal);
        }

        if (container.IsMap)
            return !IsTuple(item) && container.Map.Contains(Require.Key(rendering, item));

        foreach (var value in Iteration.Of(rendering, container))
        {
            rendering.Step();
            if (AreEqual(rendering, value, item))
                return true;
        }

        return false;
    }

    private static bool IsTuple(Value value) => value.Kind == ValueKind.Sequence && value.Sequence.Form == SequenceForm.Tuple;

    private static bool AreEqual(Rendering rendering, string a, string b)
    {
        rendering.ChargeScan(a.Length);
        return a == b;
    }

    private static bool AreEqual(Rendering rendering, Sequence a, Sequence b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a.Form != b.Form || !a.IsIndexed || a.Values.Length != b.Values.Length)
            return false;
        rendering.Enter();
        var equal = true;
        for (var i = 0; equal && i < a.Values.Length; i++)
        {
            rendering.Step();
            equal = AreEqual(rendering, a.Values[i], b.Values[i]);
        }

        rendering.Leave();
        return equal;
    }

    private static bool AreEqual(Rendering rendering, Map a, Map b)
    {
        if (ReferenceEquals(a, b))
            return true;
        rendering.Enter();
        var equal = a.Count == b.Count;
        foreach (var (key, value) in a.Entries)
        {
            rendering.Step();
            if (!equal || !b.TryGet(key, out var other) || !AreEqual(rendering, value, other))
            {
                equal = false;
                break;
            }
        }

        rendering.Leave();
        return equal;
    }

    private static int Compare(Rendering rendering, Sequence a, Sequence b, string sign)
    {
        rendering.Enter();
        var order = 0;
        for (var i = 0; order == 0 && i < Math.Min(a.Values.Length, b.Values.Length); i++)
        {
            if (!AreEqual(rendering, a.Values[i], b.Values[i]))
                order = Compare(rendering, a.Values[i], b.Values[i], sign);
        }

        rendering.Leave();
        return order != 0 ? order : a.Values.Length.CompareTo(b.Values.Length);
    }
}
