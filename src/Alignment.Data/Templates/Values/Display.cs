using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>Values as Python's <c>str</c> and <c>repr</c> write them.</summary>
internal static class Display
{
    /// <summary>What <c>{{ value }}</c> writes.</summary>
    public static string Text(Rendering rendering, Value value) => value.Kind switch
    {
        ValueKind.Text => value.Text,
        ValueKind.Undefined => "",
        _ => Quoted(rendering, value),
    };

    /// <summary>As it stands inside a list: texts in quotes.</summary>
    public static string Quoted(Rendering rendering, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.None:
                return "None";
            case ValueKind.Boolean:
                return value.Boolean ? "True" : "False";
            case ValueKind.Integer:
                return value.Integer.ToString(CultureInfo.InvariantCulture);
            case ValueKind.Float:
                return FloatText.Of(value.Number);
            case ValueKind.Thing when value.Thing is not Namespace:
                return value.Thing.Display;
            default:
                var text = new BoundedText(rendering);
                Write(rendering, text, value);
                return text.ToString();
        }
    }

    private static void Write(Rendering rendering, BoundedText text, Value value)
    {
        rendering.Enter();
        switch (value.Kind)
        {
            case ValueKind.Text:
                WriteQuoted(text, value.Text);
                break;
            case ValueKind.Undefined:
                text.Append("Undefined");
                break;
            case ValueKind.Map:
                WriteMap(rendering, text, value.Map);
                break;
            case ValueKind.Sequence:
                WriteSequence(rendering, text, value.Sequence);
                break;
            case ValueKind.Thing when value.Thing is Namespace names:
                text.Append("<Namespace ");
                WriteMap(rendering, text, names.Members);
                text.Append('>');
                break;
            default:
                text.Append(Quoted(rendering, value));
                break;
        }

        rendering.Leave();
    }

    private static void WriteSequence(Rendering rendering, BoundedText text, Sequence sequence)
    {
        var values = sequence.Values;
        if (sequence.Form == SequenceForm.Iterator)
        {
            text.Append("<generator object>");
            return;
        }

        var (open, close) = sequence.Form switch
        {
            SequenceForm.Tuple => ("(", values.Length == 1 ? ",)" : ")"),
            SequenceForm.Keys or SequenceForm.Values or SequenceForm.Items => ($"{Names.Of(Value.Of(sequence))}([", "])"),
            _ => ("[", "]"),
        };
        text.Append(open);
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0)
                text.Append(", ");
            Write(rendering, text, values[i]);
        }

        text.Append(close);
    }

    private static void WriteMap(Rendering rendering, BoundedText text, Map map)
    {
        var first = true;
        text.Append('{');
        foreach (var (key, value) in map.Entries)
        {
            if (!first)
                text.Append(", ");
            first = false;
            Write(rendering, text, key);
            text.Append(": ");
            Write(rendering, text, value);
        }

        text.Append('}');
    }

    private static void WriteQuoted(BoundedText text, string value)
    {
        var quote = value.Contains('\'', StringComparison.Ordinal) && !value.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        text.Append(quote);
        for (var i = 0; i < value.Length; i++)
        {
            var unit = value[i];
            if (unit is '\n' or '\r' or '\t' or '\\' || unit == quote)
            {
                text.Append('\\').Append(unit switch { '\n' => 'n', '\r' => 'r', '\t' => 't', _ => unit });
            }
            else if (i + 1 < value.Length && char.IsSurrogatePair(unit, value[i + 1]))
            {
                WritePoint(text, char.ConvertToUtf32(unit, value[++i]), value.AsSpan(i - 1, 2));
            }
            else
            {
                WritePoint(text, unit, value.AsSpan(i, 1));
            }
        }

        text.Append(quote);
    }

    private static void WritePoint(BoundedText text, int point, ReadOnlySpan<char> spelled)
    {
        if (IsPrintable(point))
            text.Append(spelled);
        else if (point < 0x100)
            text.Append(string.Create(CultureInfo.InvariantCulture, $"\\x{point:x2}"));
        else if (point < 0x10000)
            text.Append(string.Create(CultureInfo.InvariantCulture, $"\\u{point:x4}"));
        else
            text.Append(string.Create(CultureInfo.InvariantCulture, $"\\U{point:x8}"));
    }

    private static bool IsPrintable(int point) => point == ' ' || CharUnicodeInfo.GetUnicodeCategory(point) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator);
}
