using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>Values as Python's <c>json.dumps</c> writes them.</summary>
internal sealed class Json(Rendering rendering, bool ascii, string? indent, string itemSeparator, string keySeparator, bool sortKeys)
{
    private readonly BoundedText _text = new(rendering);
    private int _level;

    public string Write(Value value)
    {
        WriteValue(value);
        return _text.ToString();
    }

    private void WriteValue(Value value)
    {
        rendering.Enter();
        switch (value.Kind)
        {
            case ValueKind.Text:
                WriteText(value.Text);
                break;
            case ValueKind.Map:
                WriteMap(value.Map);
                break;
            case ValueKind.Sequence when value.Sequence.Form is SequenceForm.List or SequenceForm.Tuple:
                WriteList(value.Sequence.Values);
                break;
            case ValueKind.None or ValueKind.Boolean or ValueKind.Integer or ValueKind.Float:
                _text.Append(Scalar(value));
                break;
            default:
                throw rendering.Error(
                    $"What is written as JSON must be a mapping, a list, a text, a number, true, false or none; was {Names.Of(value)}.");
        }

        rendering.Leave();
    }

    private void WriteList(ReadOnlySpan<Value> values)
    {
        _text.Append('[');
        _level++;
        for (var i = 0; i < values.Length; i++)
        {
            Separate(isFirst: i == 0);
            WriteValue(values[i]);
        }

        Close(']', isEmpty: values.Length == 0);
    }

    private void WriteMap(Map map)
    {
        _text.Append('{');
        _level++;
        var isFirst = true;
        foreach (var key in sortKeys ? Sorting.Sort(rendering, map.Keys(), key => key, reverse: false) : map.Keys())
        {
            map.TryGet(key, out var value);
            Separate(isFirst);
            isFirst = false;
            WriteText(key.IsText ? key.Text : Scalar(key));
            _text.Append(keySeparator);
            WriteValue(value);
        }

        Close('}', isFirst);
    }

    private void Separate(bool isFirst)
    {
        if (!isFirst)
            _text.Append(itemSeparator);
        BreakLine();
    }

    private void Close(char bracket, bool isEmpty)
    {
        _level--;
        if (!isEmpty)
            BreakLine();
        _text.Append(bracket);
    }

    private void BreakLine()
    {
        if (indent is null)
            return;
        _text.Append('\n');
        for (var i = 0; i < _level; i++)
            _text.Append(indent);
    }

    private void WriteText(string text)
    {
        _text.Append('"');
        var plain = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (Escape(text[i]) is not { } escape)
                continue;
            _text.Append(text.AsSpan(plain, i - plain)).Append(escape);
            plain = i + 1;
        }

        _text.Append(text.AsSpan(plain)).Append('"');
    }

    private string? Escape(char unit) => unit switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
        > '~' when ascii => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
        _ => null,
    };

    private string Scalar(Value value) => value.Kind switch
    {
        ValueKind.None => "null",
        ValueKind.Boolean => value.Boolean ? "true" : "false",
        ValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        ValueKind.Float when double.IsNaN(value.Number) => "NaN",
        ValueKind.Float when double.IsInfinity(value.Number) => value.Number > 0 ? "Infinity" : "-Infinity",
        ValueKind.Float => FloatText.Of(value.Number),
        _ => throw rendering.Error($"A key written as JSON must be a text, a number, true, false or none; was {Names.Of(value)}."),
    };
}
