namespace Alignment.Data.Templates;

/// <summary>Python's <c>value[index]</c> and <c>value[start:stop:step]</c>; indexes below 0 count from the end.</summary>
internal static class Slicing
{
    /// <summary>The item; missing where there is none.</summary>
    public static Value Item(Rendering rendering, Value value, long index)
    {
        if (value.Kind == ValueKind.Sequence && value.Sequence.IsIndexed)
        {
            var values = value.Sequence.Values;
            var place = index < 0 ? index + values.Length : index;
            return place >= 0 && place < values.Length ? values[(int)place] : default;
        }

        if (!value.IsText)
            return default;
        var text = value.Text;
        rendering.ChargeScan(text.Length);
        if (!CodePoints.AreUnits(text))
            return Item(rendering, Sequence.List(Iteration.Of(rendering, value)), index);
        var unit = index < 0 ? index + text.Length : index;
        return unit >= 0 && unit < text.Length ? Value.Of(text[(int)unit].ToString()) : default;
    }

    public static Value Slice(Rendering rendering, Value value, Value start, Value stop, Value step)
    {
        var by = step.IsNone ? 1 : Require.Integer(rendering, step, "The step of a slice");
        if (by == 0)
            throw rendering.Error("The step of a slice must not be 0.");

        if (value.IsText)
            return SliceText(rendering, value, start, stop, by);
        if (value.Kind != ValueKind.Sequence || !value.Sequence.IsIndexed)
        {
            Require.Defined(rendering, value);
            throw rendering.Error($"What is sliced must be a list, a tuple or a text; was {Names.Of(value)}.");
        }

        var items = Pick(rendering, value.Sequence.Values, start, stop, by);
        return value.Sequence.Form == SequenceForm.Tuple ? Sequence.Tuple(items) : Sequence.List(items);
    }

    private static Value SliceText(Rendering rendering, Value value, Value start, Value stop, long step)
    {
        var text = value.Text;
        rendering.ChargeScan(text.Length);
        if (step == 1 && CodePoints.AreUnits(text))
        {
            var from = Bound(rendering, start, text.Length, 0, 0, text.Length);
            var to = Bound(rendering, stop, text.Length, text.Length, 0, text.Length);
            return from >= to ? Value.EmptyText : rendering.Made(text.Substring((int)from, (int)(to - from)));
        }

        var result = new BoundedText(rendering);
        foreach (var point in Pick(rendering, Iteration.Of(rendering, value), start, stop, step))
            result.Append(point.Text);
        return Value.Of(result.ToString());
    }

    private static Value[] Pick(Rendering rendering, ReadOnlySpan<Value> values, Value start, Value stop, long step)
    {
        long count = values.Length;
        var (least, most) = step > 0 ? (0L, count) : (-1L, count - 1);
        var from = Bound(rendering, start, count, step > 0 ? least : most, least, most);
        var to = Bound(rendering, stop, count, step > 0 ? most : least, least, most);
        var picked = new List<Value>();
        step = Math.Clamp(step, -count - 1, count + 1);
        for (var i = from; step > 0 ? i < to : i > to; i += step)
        {
            rendering.Step();
            picked.Add(values[(int)i]);
        }

        return [.. picked];
    }

    private static long Bound(Rendering rendering, Value bound, long count, long otherwise, long least, long most)
    {
        if (bound.IsNone)
            return otherwise;
        var place = Require.Integer(rendering, bound, "A bound of a slice");
        return Math.Clamp(place < 0 ? place + count : place, least, most);
    }
}
