using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Alignment.Training;

/// <summary>The record of a run as JSON, which a page carries for the run that goes on with it.</summary>
internal static class RunRecordJson
{
    private const int Version = 1;

    public static string Write(RunRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))   // with everything escaped that a page could take for its own
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteBoolean("ended", record.Ended is not null || record.Error is not null);
            json.WriteStartObject("curves");
            foreach (var (name, curve) in record.Curves) WriteCurve(json, name, curve);
            json.WriteEndObject();
            json.WriteStartArray("evaluations");
            foreach (var evaluation in record.Evaluations) WriteEvaluation(json, evaluation);
            json.WriteEndArray();
            json.WriteStartArray("responses");
            foreach (var responses in record.Responses) WriteResponses(json, responses);
            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (var warning in record.Warnings) WriteWarning(json, warning);
            json.WriteEndArray();
            json.WriteNumber("more_warnings", record.MoreWarnings);
            json.WriteStartObject("memory");
            foreach (var (part, bytes) in record.Memory) json.WriteNumber(part, bytes);
            json.WriteEndObject();
            json.WriteStartArray("first_row");
            foreach (var sequence in record.FirstRow) WriteSequence(json, sequence);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <returns>The record, and whether its run has come to an end.</returns>
    /// <exception cref="FormatException">It is not that.</exception>
    public static (RunRecord Record, bool HasEnded) Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.GetProperty("version").GetInt32() is var version and not Version)
                throw new FormatException($"Version {Version} was expected; was {version}.");
            var record = new RunRecord
            {
                Evaluations = [.. root.GetProperty("evaluations").EnumerateArray().Take(RunRecord.MostEvaluations).Select(ReadEvaluation)],
                Responses = [.. root.GetProperty("responses").EnumerateArray().Take(2).Select(ReadResponses)],
                Warnings = [.. root.GetProperty("warnings").EnumerateArray().Take(RunRecord.MostWarnings).Select(ReadWarning)],
                MoreWarnings = root.GetProperty("more_warnings").GetInt32(),
                Memory = [.. root.GetProperty("memory").EnumerateObject().Select(part => KeyValuePair.Create(part.Name, part.Value.GetInt64()))],
                FirstRow = [.. root.GetProperty("first_row").EnumerateArray().Select(ReadSequence)],
            };
            foreach (var curve in root.GetProperty("curves").EnumerateObject()) record.Curves[curve.Name] = ReadCurve(curve.Value);
            return (record, root.GetProperty("ended").GetBoolean());
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"The record of a run was expected: {error.Message}", error);
        }
    }

    private static void WriteCurve(Utf8JsonWriter json, string name, Curve curve)
    {
        json.WriteStartObject(name);
        json.WriteStartArray("steps");
        foreach (var (step, _) in curve.Points) json.WriteNumberValue(step);
        json.WriteEndArray();
        json.WriteStartArray("values");
        foreach (var (_, value) in curve.Points) json.WriteNumberValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static Curve ReadCurve(JsonElement json)
    {
        var curve = new Curve();
        foreach (var (step, value) in json.GetProperty("steps").EnumerateArray().Zip(json.GetProperty("values").EnumerateArray()))
        {
            if (step.GetInt32() <= curve.LastStep && curve.LastStep > 0) throw new FormatException("Steps must ascend.");
            curve.Add(step.GetInt32(), value.GetDouble());
        }
        return curve;
    }

    private static void WriteEvaluation(Utf8JsonWriter json, EvaluationDone evaluation)
    {
        json.WriteStartObject();
        json.WriteNumber("step", evaluation.Step);
        json.WriteBoolean("is_best", evaluation.IsBest);
        json.WriteStartObject("metrics");
        foreach (var (metric, value) in evaluation.Metrics) MetricJson.Write(json, metric, value);
        json.WriteEndObject();
        MetricJson.WriteAnswers(json, evaluation.Answers);
        json.WriteEndObject();
    }

    private static EvaluationDone ReadEvaluation(JsonElement json) => new()
    {
        Step = json.GetProperty("step").GetInt32(),
        IsBest = json.GetProperty("is_best").GetBoolean(),
        Metrics = [.. json.GetProperty("metrics").EnumerateObject().Select(metric => new Metric(metric.Name, MetricJson.ReadValue(metric.Value)))],
        Answers = [.. json.GetProperty("answers").EnumerateArray().Select(answer => new SampleAnswer(Text(answer, "prompt"), Text(answer, "response")))],
    };

    private static void WriteResponses(Utf8JsonWriter json, SampledResponses responses)
    {
        json.WriteStartObject();
        json.WriteNumber("step", responses.Step);
        json.WriteStartArray("rows");
        foreach (var (prompt, response, score) in responses.Rows)
        {
            json.WriteStartObject();
            json.WriteString("prompt", prompt);
            json.WriteString("response", response);
            MetricJson.Write(json, "score", score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static SampledResponses ReadResponses(JsonElement json) => new(json.GetProperty("step").GetInt32(),
        [.. json.GetProperty("rows").EnumerateArray().Select(row => new ScoredSample(Text(row, "prompt"), Text(row, "response"), MetricJson.ReadValue(row.GetProperty("score"))))]);

    private static void WriteWarning(Utf8JsonWriter json, RunWarning warning)
    {
        json.WriteStartObject();
        json.WriteNumber("step", warning.Step);
        json.WriteString("code", warning.Code);
        json.WriteString("message", warning.Message);
        json.WriteEndObject();
    }

    private static RunWarning ReadWarning(JsonElement json) =>
        new() { Step = json.GetProperty("step").GetInt32(), Code = Text(json, "code"), Message = Text(json, "message") };

    private static void WriteSequence(Utf8JsonWriter json, PreviewSequence sequence)
    {
        json.WriteStartObject();
        json.WriteString("name", sequence.Name);
        json.WriteStartArray("spans");
        foreach (var (text, isTrained, tokens) in sequence.Spans)
        {
            json.WriteStartObject();
            json.WriteString("text", text);
            json.WriteBoolean("is_trained", isTrained);
            json.WriteNumber("tokens", tokens);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static PreviewSequence ReadSequence(JsonElement json) => new(Text(json, "name"),
        [.. json.GetProperty("spans").EnumerateArray().Select(span => new PreviewSpan(Text(span, "text"), span.GetProperty("is_trained").GetBoolean(), span.GetProperty("tokens").GetInt32()))]);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' must be a text.");
}
