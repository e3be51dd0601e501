using System.Text.Json.Nodes;

namespace Alignment.Training;

/// <summary>How far a run is and what it has seen, apart from weights and optimizer.</summary>
internal sealed class RunState(TimeProvider time, OverOptimizationWatch watch)
{
    private readonly long _started = time.GetTimestamp();
    private TimeSpan _earlier;   // time of earlier parts of the run

    /// <summary>Optimizer steps done.</summary>
    public int Step { get; set; }

    public int SkippedSteps { get; set; }

    public int SkippedInARow { get; set; }

    public TrainingStep? LastStep { get; set; }

    public EvaluationDone? LastEvaluation { get; private set; }

    public EvaluationDone? BestEvaluation { get; private set; }

    /// <summary>Evaluations since the best one.</summary>
    public int WorseInARow { get; private set; }

    /// <summary>Why the run is to end before its last step.</summary>
    public RunEnd? Reason { get; set; }

    private double Best { get; set; } = double.NegativeInfinity;   // the larger the better

    private TimeSpan Elapsed => _earlier + time.GetElapsedTime(_started);

    /// <summary>Takes an evaluation and tells whether none was better; the first of equals is the best.</summary>
    /// <param name="evaluation">What was measured.</param>
    /// <param name="value">The number to go by, the larger the better.</param>
    public EvaluationDone Take(EvaluationDone evaluation, double value)
    {
        LastEvaluation = evaluation with { IsBest = BestEvaluation is null || value > Best };
        if (!LastEvaluation.IsBest)
        {
            WorseInARow++;
            return LastEvaluation;
        }
        (Best, BestEvaluation, WorseInARow) = (double.IsNaN(value) ? double.NegativeInfinity : value, LastEvaluation, 0);
        return LastEvaluation;
    }

    public RunEnded Ended(RunEnd reason)
    {
        Reason = reason;
        return new RunEnded { Step = Step, Reason = reason, BestStep = BestEvaluation?.Step, Elapsed = Elapsed };
    }

    public RunResult Result() => new(Reason ?? RunEnd.Completed, Step, LastStep, LastEvaluation, BestEvaluation, SkippedSteps, Elapsed);

    /// <summary>For a checkpoint.</summary>
    public JsonObject ToJson() => new()
    {
        ["skippedSteps"] = SkippedSteps,
        ["skippedInARow"] = SkippedInARow,
        ["worseInARow"] = WorseInARow,
        ["best"] = CheckpointState.Number(Best),
        ["bestEvaluation"] = Json(BestEvaluation),
        ["lastEvaluation"] = Json(LastEvaluation),
        ["firstLength"] = CheckpointState.Number(watch.First.Length),
        ["firstEntropy"] = CheckpointState.Number(watch.First.Entropy),
        ["told"] = new JsonArray([.. watch.Told.Order(StringComparer.Ordinal).Select(code => (JsonNode)code)]),
        ["seconds"] = CheckpointState.Number(Elapsed.TotalSeconds),
    };

    /// <summary>What <see cref="ToJson"/> gave.</summary>
    public void Read(JsonObject json, int step)
    {
        Step = step;
        SkippedSteps = (int)json["skippedSteps"]!;
        SkippedInARow = (int)json["skippedInARow"]!;
        WorseInARow = (int)json["worseInARow"]!;
        Best = CheckpointState.Number(json["best"]);
        BestEvaluation = Evaluation(json["bestEvaluation"]);
        LastEvaluation = Evaluation(json["lastEvaluation"]);
        watch.First = (CheckpointState.Number(json["firstLength"]), CheckpointState.Number(json["firstEntropy"]));
        watch.Told.UnionWith(json["told"]!.AsArray().Select(code => (string)code!));
        _earlier = TimeSpan.FromSeconds(CheckpointState.Number(json["seconds"]));
    }

    private static JsonObject? Json(EvaluationDone? evaluation) => evaluation is null ? null : new JsonObject
    {
        ["step"] = evaluation.Step,
        ["isBest"] = evaluation.IsBest,
        ["metrics"] = new JsonObject(evaluation.Metrics.Select(metric => KeyValuePair.Create(metric.Name, (JsonNode?)CheckpointState.Number(metric.Value)))),
    };

    private static EvaluationDone? Evaluation(JsonNode? json) => json is not JsonObject evaluation ? null : new EvaluationDone
    {
        Step = (int)evaluation["step"]!,
        IsBest = (bool)evaluation["isBest"]!,
        Metrics = [.. evaluation["metrics"]!.AsObject().Select(metric => new Metric(metric.Key, CheckpointState.Number(metric.Value)))],
    };
}
