using System.Text.Json;

namespace Alignment.Data;

/// <summary>A value that knows its file and key, so that every error can name them.</summary>
internal readonly record struct JsonValue(string File, string Key, JsonElement Element)
{
    private const int LongestShown = 80;

    /// <summary>Whether the value is absent or null.</summary>
    public bool IsNull => Element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>A member of this object; absent where this is absent, null or lacks it.</summary>
    public JsonValue this[string name]
    {
        get
        {
            if (!IsNull && Element.ValueKind != JsonValueKind.Object)
                throw Invalid("an object");
            return Member(name, !IsNull && Element.TryGetProperty(name, out var member) ? member : default);
        }
    }

    /// <summary>A member that the caller has at hand.</summary>
    public JsonValue Member(string name, JsonElement member) => new(File, Key.Length == 0 ? name : $"{Key}.{name}", member);

    /// <summary>The items of this array; none where it is absent or null.</summary>
    public IEnumerable<JsonValue> Items()
    {
        var index = 0;
        foreach (var item in Elements())
            yield return new JsonValue(File, $"{Key}[{index++}]", item);
    }

    /// <summary>The items of a long array, without their keys; none where it is absent or null.</summary>
    public JsonElement.ArrayEnumerator Elements()
        => IsNull ? default : Element.ValueKind == JsonValueKind.Array ? Element.EnumerateArray() : throw Invalid("an array");

    public string Text() => Element.ValueKind == JsonValueKind.String ? Element.GetString()! : throw Invalid("a string");

    public bool Flag(bool otherwise) => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => IsNull ? otherwise : throw Invalid("true or false"),
    };

    /// <summary>A number from 0 to the largest allowed.</summary>
    public int Count(int largest)
        => Element.ValueKind == JsonValueKind.Number && Element.TryGetInt32(out var count) && count >= 0 && count <= largest
            ? count
            : throw Invalid($"a whole number from 0 to {largest}");

    public int TokenId() => IsTokenId(Element, out var id) ? id : throw Invalid($"a token id from 0 to {TokenizerParts.LargestId}");

    public static bool IsTokenId(JsonElement element, out int id)
    {
        id = 0;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out id) && id is >= 0 and <= TokenizerParts.LargestId;
    }

    public TokenizerFormatException Invalid(string allowed) => new($"{File}: {Key} must be {allowed}. Actual value was {Shown()}.");

    public TokenizerFormatException Unsupported(string supported) => new($"{File}: unsupported {Key} {Shown()}; supported: {supported}.");

    /// <summary>A text short enough for a message.</summary>
    public static string Cut(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "...";

    private string Shown()
    {
        if (Element.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            return Element.ValueKind == JsonValueKind.Object ? "an object" : "an array";
        if (Element.ValueKind == JsonValueKind.Undefined)
            return "missing";
        var text = Element.ValueKind == JsonValueKind.String ? $"\"{Element.GetString()}\"" : Element.GetRawText();
        return Cut(text);
    }
}
