using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>A judge's verdict, read strictly: one JSON object with its two members and nothing around it.</summary>
/// <param name="verdicts">What a verdict may be; at least two.</param>
internal sealed class VerdictReader(params string[] verdicts)
{
    private const string Opening = "```json\n", Closing = "\n```";
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 2 };

    /// <summary>The JSON schema of a verdict.</summary>
    public string Schema { get; } =
        $$$"""{"type":"object","properties":{"reason":{"type":"string"},"verdict":{"type":"string","enum":[{{{string.Join(',', verdicts.Select(Quoted))}}}]}},"required":["reason","verdict"],"additionalProperties":false}""";

    /// <summary>The verdicts for a person to read: <c>"1", "2" or "tie"</c>.</summary>
    public string Choices { get; } = $"{string.Join(", ", verdicts[..^1].Select(Quoted))} or {Quoted(verdicts[^1])}";

    /// <returns>The verdict and the reason; null where it is no verdict.</returns>
    public (string Verdict, string Reason)? Read(string text)
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
            var said = verdict.GetString()!;
            return verdicts.Contains(said, StringComparer.Ordinal) ? (said, reason.GetString()!) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)   // the latter for half a surrogate pair
        {
            return null;
        }
    }

    private static string Quoted(string verdict) => $"\"{verdict}\"";
}
