using System.Text.Encodings.Web;
using System.Text.Json;

namespace Alignment.Training;

/// <summary>Metrics as members of a JSON object.</summary>
/// <remarks>
/// JSON has no words for what is not finite. NaN, nothing measured, is null; the infinities are the strings <c>Infinity</c> and <c>-Infinity</c>,
/// which pandas, Python's <c>float</c> and System.Text.Json with named literals read as what they are.
/// </remarks>
internal static class MetricJson
{
    /// <summary>Text stays readable in every script, on one line.</summary>
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        WriteValue(json, value);
    }

    public static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else if (double.IsNaN(value)) json.WriteNullValue();
        else json.WriteStringValue(value > 0 ? "Infinity" : "-Infinity");
    }

    public static void WriteAnswers(Utf8JsonWriter json, IReadOnlyList<SampleAnswer> answers)
    {
        json.WriteStartArray("answers");
        foreach (var (prompt, response) in answers)
        {
            json.WriteStartObject();
            json.WriteString("prompt", prompt);
            json.WriteString("response", response);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <exception cref="FormatException">It is no number as <see cref="WriteValue"/> writes one.</exception>
    public static double ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String when value.ValueEquals("Infinity") => double.PositiveInfinity,
        JsonValueKind.String when value.ValueEquals("-Infinity") => double.NegativeInfinity,
        _ => throw new FormatException($"A number was expected; was {value.ValueKind}."),
    };
}
