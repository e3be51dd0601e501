using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Training;

/// <summary>The part of a checkpoint that is not tensors: counters, positions, states of generators, what the run was made of.</summary>
internal static class CheckpointState
{
    private const int MostBytes = 64 << 20;   // a model of 10,000 parameters needs one of these to be named

    /// <summary>A number for the state; JSON has no NaN and no infinities, so these are strings.</summary>
    /// <remarks>A finite number comes back with the same bits.</remarks>
    public static JsonNode Number(double value) =>
        double.IsFinite(value) ? JsonValue.Create(value) : JsonValue.Create(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>What <see cref="Number(double)"/> wrote.</summary>
    /// <exception cref="FormatException">It is no number.</exception>
    public static double Number(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Number => node.GetValue<double>(),
        JsonValueKind.String when node.GetValue<string>() is "NaN" => double.NaN,
        JsonValueKind.String when node.GetValue<string>() is "Infinity" => double.PositiveInfinity,
        JsonValueKind.String when node.GetValue<string>() is "-Infinity" => double.NegativeInfinity,
        _ => throw new FormatException($"A number must be one of JSON or 'NaN', 'Infinity', '-Infinity'; was {node?.ToJsonString() ?? "null"}."),
    };

    public static FileDigest Write(string path, JsonObject state)
    {
        using var text = new MemoryStream();
        JsonText.Write(text, state);
        if (text.Length > MostBytes)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The state of a checkpoint must be at most {MostBytes >> 20} MiB of JSON; was {text.Length} bytes. " +
                $"Numbers in bulk belong into tensors."), nameof(state));
        return FileDigest.Write(path, stream => text.WriteTo(stream), text.Length);
    }

    /// <exception cref="InvalidDataException">It is not a JSON object; the message goes behind the checkpoint's name.</exception>
    public static JsonObject Read(string path)
    {
        var json = BoundedFile.Read(path, MostBytes) ?? throw Broken(string.Create(CultureInfo.InvariantCulture, $"is longer than {MostBytes} bytes"));
        try
        {
            RequireStrings(json.Span);
            return JsonNode.Parse(json.Span, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw Broken("must be an object");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Broken($"can't be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    // A JsonNode decodes a string when it is asked for, which would be too late for a clear error.
    private static void RequireStrings(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
    }

    private static InvalidDataException Broken(string problem, Exception? cause = null) => new($"{CheckpointNames.State} {problem}", cause);
}
