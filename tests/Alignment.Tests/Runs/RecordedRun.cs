using System.Text.Json;

namespace Alignment.Tests.Runs;

/// <summary>Ten recorded steps of one of TRL's trainers.</summary>
internal sealed class RecordedRun
{
    public RecordedRun(string name)
    {
        var run = Golden.Json("runs", name, "run.json");
        Settings = run.GetProperty("settings");
        FirstRows = [.. run.GetProperty("first_rows").EnumerateArray()];
        Log = [.. run.GetProperty("log").EnumerateArray().Where(entry => entry.TryGetProperty("loss", out _))];   // the last entry sums the run up
        FinalNorms = run.GetProperty("final_parameter_norms").EnumerateObject().ToDictionary(norm => norm.Name, norm => norm.Value.GetDouble());
    }

    public JsonElement Settings { get; }

    public IReadOnlyList<JsonElement> FirstRows { get; }

    public IReadOnlyList<JsonElement> Log { get; }

    public IReadOnlyDictionary<string, double> FinalNorms { get; }

    public static int[] Ids(JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(id => id.GetInt32())];

    public Training.OptimizerOptions Optimizer() => new()
    {
        LearningRate = Settings.GetProperty("learning_rate").GetDouble(),
        WarmupSteps = Settings.GetProperty("warmup_steps").GetInt32(),
        WeightDecay = Settings.GetProperty("weight_decay").GetDouble(),
        Beta1 = Settings.GetProperty("adam_beta1").GetDouble(),
        Beta2 = Settings.GetProperty("adam_beta2").GetDouble(),
        Epsilon = Settings.GetProperty("adam_epsilon").GetDouble(),
        MaxGradNorm = Settings.GetProperty("max_grad_norm").GetDouble(),
    };

    public Training.RunOptions Run() => new()
    {
        MaxSteps = Settings.GetProperty("max_steps").GetInt32(),
        BatchSize = Settings.GetProperty("per_device_train_batch_size").GetInt32(),
        GradientAccumulationSteps = Settings.GetProperty("gradient_accumulation_steps").GetInt32(),
        Shuffle = false,
    };
}
