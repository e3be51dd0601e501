using System.Text.Json;

namespace Alignment.Data.Reading;

/// <summary>Turns JSON values into cells of a column, and says of what kind a value is.</summary>
internal sealed class JsonCells(int maxCharacters)
{
    private readonly MessageList _messages = new(maxCharacters);

    /// <summary>The kind of a value; null where it does not say: null itself and empty lists.</summary>
    public static ColumnKind? KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => ColumnKind.Text,
        JsonValueKind.Number => ColumnKind.Number,
        JsonValueKind.True or JsonValueKind.False => ColumnKind.Boolean,
        JsonValueKind.Array => value.GetArrayLength() == 0 ? null : IsMessage(value[0]) ? ColumnKind.Messages : ColumnKind.Other,
        _ => ColumnKind.Other,
    };

    /// <summary>What a value is, in words.</summary>
    public static string Describe(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    /// <summary>The cell: null for null, a <see cref="CellFault"/> for a value of another kind.</summary>
    public object? Of(JsonElement value, ColumnKind kind) => (kind, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        (ColumnKind.Text, JsonValueKind.String) => Text(value) ?? (object)new CellFault(RowProblem.InvalidJson, "must hold valid Unicode; it doesn't."),
        (ColumnKind.Number, JsonValueKind.Number) => Number(value),
        (ColumnKind.Boolean, JsonValueKind.True) => true,
        (ColumnKind.Boolean, JsonValueKind.False) => false,
        (ColumnKind.Messages, JsonValueKind.Array) => Messages(value),
        _ => new CellFault(RowProblem.WrongKind, $"must hold {Column.Words(kind)}, as in the rows before; it holds {Describe(value)}."),
    };

    // A whole number stays one: names of rows may have more digits than a double holds.
    private static object Number(JsonElement value) => value.TryGetInt64(out var whole) ? whole : (object)value.GetDouble();

    private object Messages(JsonElement list)
    {
        foreach (var message in list.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object) _messages.AddBad($"is {Describe(message)}");
            else if (Part(message, "tool_calls") is { ValueKind: not JsonValueKind.Null } calls && (calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() > 0))
                _messages.AddBad("calls tools, which records don't hold");
            else if ((Part(message, "role") ?? Part(message, "from")) is not { ValueKind: JsonValueKind.String } role || Text(role) is not { } name)
                _messages.AddBad("has no role");
            else if ((Part(message, "content") ?? Part(message, "value")) is not { ValueKind: not JsonValueKind.Null } content)
                _messages.Add(name, null);
            else if (content.ValueKind != JsonValueKind.String) _messages.AddBad($"must have text as content; it has {Describe(content)}");
            else if (Text(content) is not { } text) _messages.AddBad("must have valid Unicode as content; it doesn't");
            else _messages.Add(name, text);
        }
        return _messages.Take();
    }

    private static bool IsMessage(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && (Part(value, "role") ?? Part(value, "from")) is not null;

    private static JsonElement? Part(JsonElement message, string name) => message.TryGetProperty(name, out var value) ? value : null;

    // JSON can spell half a surrogate pair, which is no text.
    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
