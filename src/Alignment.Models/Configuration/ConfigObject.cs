using System.Globalization;
using System.Text.Json;

namespace Alignment.Models;

/// <summary>An object of config.json from a stranger: each value is checked as it is read, and errors name the file and the key.</summary>
/// <remarks>A key whose value is null reads as one that is missing.</remarks>
internal sealed class ConfigObject(string file, JsonElement element, string prefix = "")
{
    /// <summary>Number of keys.</summary>
    public int Count => element.EnumerateObject().Count();

    public bool Has(string key) => Find(key) is not null;

    /// <summary>Whether the key is there, be it with null.</summary>
    public bool Names(string key) => element.TryGetProperty(key, out _);

    public int Integer(string key, int most) => Find(key) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 1 && number <= most
            ? number
            : throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {most}"), value)
        : throw Missing(key);

    /// <summary>As <see cref="Integer"/>, and 0 too.</summary>
    public int WholeNumber(string key, int most) =>
        Find(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) && number == 0 ? 0 : Integer(key, most);

    public int? OptionalInteger(string key, int most) => Has(key) ? Integer(key, most) : null;

    public double Number(string key) => OptionalNumber(key) ?? throw Missing(key);

    public double? OptionalNumber(string key) => Find(key) is { } value
        ? value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0
            ? number
            : throw Wrong(key, "must be a number, 0 or greater", value)
        : null;

    public double Positive(string key) =>
        Number(key) is > 0 and var number ? number : throw Wrong(key, "must be greater than 0", Find(key)!.Value);

    public double? OptionalPositive(string key) => Has(key) ? Positive(key) : null;

    public bool Flag(string key, bool fallback) => Find(key) is { } value
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(key, "must be true or false", value)
        : fallback;

    public string? Text(string key) => Find(key) is { } value
        ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(key, "must be a string", value)
        : null;

    public string[] Texts(string key) => Find(key) is { } value
        ? value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(key, "must be an array of strings", value)
        : [];

    public double[] Numbers(string key) => Find(key) is { ValueKind: JsonValueKind.Array } value
        ? [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(key, "must be an array of numbers", value))]
        : throw (Find(key) is { } other ? Wrong(key, "must be an array of numbers", other) : Missing(key));

    public ConfigObject? Object(string key) => Find(key) is { } value
        ? value.ValueKind == JsonValueKind.Object
            ? new ConfigObject(file, value, $"{prefix}{key}.")
            : throw Wrong(key, "must be an object", value)
        : null;

    /// <summary>An error about a setting that other libraries know and this one doesn't.</summary>
    public UnsupportedModelException Unsupported(string key, string supported) => new(
        $"{file}: {prefix}{key} must be {supported}; {(Find(key) is { } value ? "was " + Shown(value) : "is missing")}.");

    public ModelFormatException Missing(string key) => new($"{file}: {prefix}{key} is missing.");

    public ModelFormatException Contradiction(string message) => new($"{file}: {message}");

    private ModelFormatException Wrong(string key, string rule, JsonElement value) =>
        new($"{file}: {prefix}{key} {rule}; was {Shown(value)}.");

    private JsonElement? Find(string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Shown(JsonElement value) => SafetensorsException.Quoted(value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array or JsonValueKind.Object => JsonSerializer.Serialize(value),   // on one line
        _ => value.GetRawText(),   // as it is spelled
    });
}
