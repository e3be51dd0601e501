using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Alignment.Training;

/// <summary>The instruments of a run. Gauges come into being with the first number of their name.</summary>
internal sealed class RunInstruments(Meter meter)
{
    private const string Training = "alignment.training.";
    private const string Evaluated = "alignment.evaluation.";

    private readonly Counter<long> _steps = meter.CreateCounter<long>(Training + "steps", "{step}", "Optimizer steps.");
    private readonly Counter<long> _tokens = meter.CreateCounter<long>(Training + "tokens", "{token}", "Tokens that were trained on, shared prompts once.");
    private readonly Counter<long> _warnings = meter.CreateCounter<long>(Training + "warnings", "{warning}", "Warnings.");
    private readonly Counter<long> _evaluations = meter.CreateCounter<long>(Training + "evaluations", "{evaluation}", "Evaluations.");
    private readonly Counter<long> _checkpoints = meter.CreateCounter<long>(Training + "checkpoints", "{checkpoint}", "Checkpoints that were saved.");
    private readonly Histogram<double> _duration = meter.CreateHistogram<double>(Training + "step.duration", "s", "Duration of an optimizer step.");
    private readonly Gauge<long> _memory = meter.CreateGauge<long>(Training + "memory.peak", "By", "The largest resident set of the process before the first step.");
    private readonly Dictionary<string, Gauge<double>> _gauges = [];
    private TagList _tags;

    public void Start(string method, string? run)
    {
        _tags = new TagList { { "alignment.method", method } };
        if (run is not null) _tags.Add("alignment.run", run);
    }

    public void Step(TrainingStep step)
    {
        _steps.Add(1, _tags);
        _tokens.Add(step.Tokens, _tags);
        if (step.Tokens / step.TokensPerSecond is var seconds && double.IsFinite(seconds)) _duration.Record(seconds, _tags);
        foreach (var (name, value) in step.Metrics)
            if (name != MetricNames.Tokens) Record(Training + Dotted(name), value, _tags);
    }

    public void Evaluation(EvaluationDone evaluation)
    {
        _evaluations.Add(1, _tags);
        var names = evaluation.Metrics.Select(metric => metric.Name).Where(name => !name.StartsWith(MetricNames.SourcePrefix, StringComparison.Ordinal))
            .Select(Bare).Append("rows").OrderByDescending(name => name.Length).ToList();
        foreach (var (name, value) in evaluation.Metrics)
        {
            var (bare, tags) = (Bare(name), _tags);
            if (name.StartsWith(MetricNames.SourcePrefix, StringComparison.Ordinal))
            {
                // A source is any text, slashes too; what follows it is the name of a number that the whole has as well.
                var rest = name[MetricNames.SourcePrefix.Length..];
                if (names.Find(candidate => rest.EndsWith('/' + candidate, StringComparison.Ordinal)) is not { } found) continue;
                (bare, tags) = (found, [.. _tags, new("alignment.source", rest[..^(found.Length + 1)])]);
            }
            Record(Evaluated + Dotted(bare), value, tags);
        }
    }

    public void LongestBatch(LongestBatchTried tried) => _memory.Record(tried.PeakBytes, _tags);

    public void Warning(RunWarning warning) => _warnings.Add(1, [.. _tags, new("alignment.warning.code", warning.Code)]);

    public void Checkpoint() => _checkpoints.Add(1, _tags);

    private void Record(string name, double value, in TagList tags)
    {
        if (double.IsNaN(value)) return;
        if (!_gauges.TryGetValue(name, out var gauge)) _gauges[name] = gauge = meter.CreateGauge<double>(name);
        gauge.Record(value, tags);
    }

    private static string Bare(string name) => name.StartsWith(MetricNames.EvaluationPrefix, StringComparison.Ordinal) ? name[MetricNames.EvaluationPrefix.Length..] : name;

    // Instrument names have letters, digits and these.
    private static string Dotted(string name) =>
        string.Create(name.Length, name, (letters, text) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = text[i] == '/' ? '.' : char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.' or '-' ? text[i] : '_';
        });
}
