using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>A judge's verdict, read strictly: one JSON object with its two members and nothing around it.</summary>
internal static class VerdictReader
{
    public const string Schema =
        """{"type":"object","properties":{"reason":{"type":"string"},"verdict":{"type":"string","enum":["1","2","tie"]}},"required":["reason","verdict"],"additionalProperties":false}""";

    private const string Opening = "```json\n", Closing = "\n```";
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2 };

    /// <returns>The place that won (1, 2, or 0 for a tie) and the reason; null where it is no verdict.</returns>
    public static (int Place, string Reason)? Read(string text)
    {
        text = text.Trim();
        // Many models put all of their JSON into a block of code; this is about form alone, and the object inside is read as strictly.
        var isBlock = text.StartsWith(Opening, StringComparison.Ordinal) && text.EndsWith(Closing, StringComparison.Ordinal);
        if (isBlock && text.Length > Opening.Length + Closing.Length) text = text[Opening.Length..^Closing.Length];
        try
        {
            using var json = JsonDocument.Parse(text, Strict);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.GetPropertyCount() != 2) return null;   // a member that is there twice counts twice
            if (!root.TryGetProperty("reason", out var reason) || reason.ValueKind != JsonValueKind.String) return null;
            if (!root.TryGetProperty("verdict", out var verdict) || verdict.ValueKind != JsonValueKind.String) return null;
            return verdict.GetString() switch
            {
                "1" => (1, reason.GetString()!),
                "2" => (2, reason.GetString()!),
                "tie" => (0, reason.GetString()!),
                _ => null,
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)   // the latter for half a surrogate pair
        {
            return null;
        }
    }
}
