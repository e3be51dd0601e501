using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>Python's <c>text % values</c> for %s, %r, %d, %i, %f with a precision, and %%.</summary>
internal static class PercentFormat
{
    public static Value Apply(Rendering rendering, string format, Value values)
    {
        var isTuple = values.Kind == ValueKind.Sequence && values.Sequence.Form == SequenceForm.Tuple;
        var given = isTuple ? values.Sequence.Take() : [values];
        var text = new BoundedText(rendering);
        rendering.Charge(format.Length);
        var used = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                text.Append(format[i]);
                continue;
            }

            var precision = Precision(format, ref i);
            var kind = ++i < format.Length ? format[i] : '\0';
            if (kind == '%')
                text.Append('%');
            else if (used < given.Length)
                text.Append(One(rendering, kind, precision, given[used++]));
            else
                throw rendering.Error("A format must have a value for each place; there are too few.");
        }

        // As in Python, only a tuple and a scalar have to be used up.
        return used == given.Length || values.IsMap || values.IsUndefined || (values.Kind == ValueKind.Sequence && !isTuple)
            ? Value.Of(text.ToString())
            : throw rendering.Error("A format must have a place for each value; there are too many.");
    }

    // ".2" of "%.2f"; -1 where there is none.
    private static int Precision(string format, ref int i)
    {
        if (i + 2 >= format.Length || format[i + 1] != '.' || !char.IsAsciiDigit(format[i + 2]))
            return -1;
        i += 2;
        return format[i] - '0';
    }

    private static string One(Rendering rendering, char kind, int precision, Value value) => kind switch
    {
        's' => Display.Text(rendering, value),
        'r' => Display.Quoted(rendering, value),
        'd' or 'i' when value.IsWhole => value.Integer.ToString(CultureInfo.InvariantCulture),
        'd' or 'i' => Math.Truncate(Require.Number(rendering, value, $"The value of %{kind}")).ToString("F0", CultureInfo.InvariantCulture),
        'f' => Require.Number(rendering, value, "The value of %f")
            .ToString($"F{(precision < 0 ? 6 : precision)}", CultureInfo.InvariantCulture),
        _ => throw rendering.Error($"A place of a format must be %s, %r, %d, %i, %f, %.1f to %.9f or %%; was '%{kind}'."),
    };
}
