using System.Buffers;
using System.Text.Json;

namespace Alignment.Training;

/// <summary>Events as lines of JSON, line feed included. A line is good until the next one is made.</summary>
internal sealed class JsonlLines(JsonlObserver options)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Start(RunStarted started) => Line("start", started.Step, json =>
    {
        json.WriteString("method", started.Method);
        json.WriteNumber("total_steps", started.TotalSteps);
        json.WriteNumber("rows", started.Rows);
        json.WriteNumber("held_out_rows", started.HeldOutRows);
        json.WriteNumber("trained_parameters", started.TrainedParameters);
        json.WriteNumber("parameters", started.Parameters);
        json.WriteNumber("logging_steps", started.LoggingSteps);
        json.WriteStartObject("settings");
        foreach (var (name, value) in started.Settings.OrderBy(setting => setting.Key, StringComparer.Ordinal)) json.WriteString(name, value);
        json.WriteEndObject();
    });

    public ReadOnlySpan<byte> Step(StepMetrics line) => Line("step", line.Step, json => Write(json, line.Metrics));

    public ReadOnlySpan<byte> Evaluation(EvaluationDone evaluation) => Line("eval", evaluation.Step, json =>
    {
        json.WriteBoolean("is_best", evaluation.IsBest);
        Write(json, evaluation.Metrics);
        if (!options.IncludesAnswers || evaluation.Answers.Count == 0) return;
        MetricJson.WriteAnswers(json, evaluation.Answers);
    });

    public ReadOnlySpan<byte> Warning(RunWarning warning) => Line("warning", warning.Step, json =>
    {
        json.WriteString("code", warning.Code);
        json.WriteString("message", warning.Message);
    });

    public ReadOnlySpan<byte> Models(ModelPartsTold told) => Line("models", told.Step, json =>
    {
        json.WriteStartArray("parts");
        foreach (var (name, parameters, trained, bytes) in told.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("parameters", parameters);
            json.WriteNumber("trained_parameters", trained);
            json.WriteNumber("bytes", bytes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    public ReadOnlySpan<byte> Memory(MemoryEstimated memory) => Line("memory", memory.Step, json =>
    {
        foreach (var (name, bytes) in memory.Estimate.Parts) json.WriteNumber($"{name}_bytes", bytes);
    });

    public ReadOnlySpan<byte> LongestBatch(LongestBatchTried tried) => Line("longest_batch", tried.Step, json =>
    {
        json.WriteNumber("rows", tried.Rows);
        json.WriteNumber("tokens", tried.Tokens);
        if (options.IncludesTimes) json.WriteNumber("peak_bytes", tried.PeakBytes);
    });

    /// <param name="step">The step.</param>
    /// <param name="folder">The folder; its name alone is written, so that the file says the same wherever it lies.</param>
    public ReadOnlySpan<byte> Checkpoint(int step, string folder) =>
        Line("checkpoint", step, json => json.WriteString("folder", Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))));

    public ReadOnlySpan<byte> End(RunEnded ended) => Line("end", ended.Step, json =>
    {
        json.WriteString("reason", JsonNamingPolicy.SnakeCaseLower.ConvertName(ended.Reason.ToString()));
        if (ended.BestStep is { } best) json.WriteNumber("best_step", best);
        else json.WriteNull("best_step");
        if (options.IncludesTimes) json.WriteNumber("elapsed_seconds", ended.Elapsed.TotalSeconds);
    });

    public ReadOnlySpan<byte> Error(int step, Exception error) => Line("error", step, json =>
    {
        json.WriteString("type", error.GetType().FullName);
        json.WriteString("message", error.Message);
    });

    private void Write(Utf8JsonWriter json, IReadOnlyList<Metric> metrics)
    {
        foreach (var (name, value) in metrics)
            if (options.IncludesTimes || !MetricNames.IsTime(name)) MetricJson.Write(json, name, value);
    }

    private ReadOnlySpan<byte> Line(string kind, int step, Action<Utf8JsonWriter> write)
    {
        _buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_buffer, MetricJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("event", kind);
            json.WriteNumber("step", step);
            write(json);
            json.WriteEndObject();
        }
        _buffer.Write("\n"u8);
        return _buffer.WrittenSpan;
    }
}
