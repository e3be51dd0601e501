namespace Alignment.Data.Templates;

/// <summary>Texts put together from others.</summary>
internal static class Joining
{
    /// <summary>All values as one text; <paramref name="onlyTexts"/> as the method asks, where the filter takes anything.</summary>
    public static Value Join(Rendering rendering, Value[] values, string separator, bool onlyTexts)
    {
        var text = new BoundedText(rendering);
        for (var i = 0; i < values.Length; i++)
        {
            rendering.Step();
            if (i > 0)
                text.Append(separator);
            text.Append(onlyTexts ? Require.Text(rendering, values[i], "What is joined") : Display.Text(rendering, values[i]));
        }

        return Value.Of(text.ToString());
    }

    /// <summary>Each <paramref name="old"/> replaced; where it is empty, <paramref name="with"/> goes before each character and to the end.</summary>
    public static Value Replace(Rendering rendering, string source, string old, string with, long count)
    {
        var left = count < 0 ? long.MaxValue : count;
        var text = new BoundedText(rendering);
        if (old.Length == 0)
        {
            foreach (var point in CodePoints.Split(source))
            {
                rendering.Step();
                text.Append(left-- > 0 ? with : "").Append(point);
            }

            return Value.Of(text.Append(left > 0 ? with : "").ToString());
        }

        rendering.ChargeScan(source.Length, old.Length);
        var start = 0;
        for (int at; left > 0 && (at = source.IndexOf(old, start, StringComparison.Ordinal)) >= 0; left--)
        {
            rendering.Step();
            text.Append(source.AsSpan(start, at - start)).Append(with);
            start = at + old.Length;
        }

        return Value.Of(text.Append(source.AsSpan(start)).ToString());
    }
}
