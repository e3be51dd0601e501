using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Data.Templates;

/// <summary>JSON as values of a template.</summary>
internal static class JsonValues
{
    private const int Deepest = 64;

    public static Value Read(JsonNode? node, string name)
    {
        try
        {
            return Read(node, name, Deepest);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{name} must hold JSON values. {e.Message}", name, e);
        }
    }

    private static Value Read(JsonNode? node, string name, int levels)
    {
        if (levels == 0)
            throw new ArgumentException($"{name} must be at most {Deepest} levels deep.", name);
        switch (node)
        {
            case null:
                return Value.None;
            case JsonArray array:
                return Sequence.List([.. array.Select(item => Read(item, name, levels - 1))]);
            case JsonObject members:
                var map = new Map();
                foreach (var (key, value) in members)
                    map.Set(Value.Of(key), Read(value, name, levels - 1));
                return Value.Of(map);
            default:
                return ReadScalar(node, name);
        }
    }

    private static Value ReadScalar(JsonNode node, string name) => node.GetValueKind() switch
    {
        JsonValueKind.String => Value.Of(node.GetValue<string>()),
        JsonValueKind.True => Value.True,
        JsonValueKind.False => Value.False,
        JsonValueKind.Number => ReadNumber(node.ToJsonString(), name),
        _ => Value.None,
    };

    // As Python reads JSON: a number with a point or an exponent is a float.
    private static Value ReadNumber(string text, string name)
    {
        if (text.AsSpan().ContainsAny('.', 'e', 'E'))
            return Value.Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? Value.Of(whole)
            : throw new ArgumentException($"{name} must hold integers within 64 bits only; one was {text}.", name);
    }
}
