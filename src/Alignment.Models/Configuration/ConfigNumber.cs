using System.Globalization;
using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>Numbers as Python writes them: one that may have a fraction shows it, since 1 and 1.0 are two types there.</summary>
internal static class ConfigNumber
{
    public static JsonNode? OrNull(double? value) => value is { } number ? Of(number) : null;

    /// <summary>A number that transformers 5 takes for a whole one, refusing 256.0, though it may have a fraction.</summary>
    public static JsonNode WholeOrOf(double value) => value == Math.Floor(value) && value < 1e15 ? JsonValue.Create((long)value) : Of(value);

    public static JsonNode Of(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0")!;
    }
}
