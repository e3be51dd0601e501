using System.Text.Json;
using Alignment.Data;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Runs;

/// <summary>Ten recorded steps of one of TRL's trainers, and the rows it read.</summary>
internal sealed class RecordedRun
{
    private const double Tolerance = 1e-4;

    private readonly string _name;
    private readonly string _rows;
    private readonly Dictionary<string, double> _finalNorms;

    public RecordedRun(string name)
    {
        var run = Golden.Json("runs", name, "run.json");
        _name = name;
        _rows = Golden.Path("runs", run.GetProperty("dataset").GetString()!);
        _finalNorms = run.GetProperty("final_parameter_norms").EnumerateObject().ToDictionary(norm => norm.Name, norm => norm.Value.GetDouble());
        Settings = run.GetProperty("settings");
        Log = [.. run.GetProperty("log").EnumerateArray().Where(entry => entry.TryGetProperty("loss", out _))];   // the last entry sums the run up
    }

    public JsonElement Settings { get; }

    public IReadOnlyList<JsonElement> Log { get; }

    public OptimizerOptions Optimizer() => new()
    {
        LearningRate = Settings.GetProperty("learning_rate").GetDouble(),
        WarmupSteps = Settings.GetProperty("warmup_steps").GetInt32(),
        WeightDecay = Settings.GetProperty("weight_decay").GetDouble(),
        Beta1 = Settings.GetProperty("adam_beta1").GetDouble(),
        Beta2 = Settings.GetProperty("adam_beta2").GetDouble(),
        Epsilon = Settings.GetProperty("adam_epsilon").GetDouble(),
        MaxGradNorm = Settings.GetProperty("max_grad_norm").GetDouble(),
    };

    public RunOptions Run() => new()
    {
        MaxSteps = Settings.GetProperty("max_steps").GetInt32(),
        BatchSize = Settings.GetProperty("per_device_train_batch_size").GetInt32(),
        GradientAccumulationSteps = Settings.GetProperty("gradient_accumulation_steps").GetInt32(),
        Shuffle = false,
    };

    public async Task<IReadOnlyList<TokenizedPair>> PairsAsync() => [.. (await ReadAsync(PreferenceReader.ReadAsync(_rows))).Select(Encoder().Encode)];

    public async Task<IReadOnlyList<TokenizedResponse>> ResponsesAsync() => [.. (await ReadAsync(UnpairedReader.ReadAsync(_rows))).Select(Encoder().Encode)];

    public async Task<IReadOnlyList<TokenizedExample>> ExamplesAsync() => [.. (await ReadAsync(DemonstrationReader.ReadAsync(_rows))).Select(Encoder().Encode)];

    /// <summary>Every number of a step that TRL logs too, under its name.</summary>
    public void RequireSteps<TStep>(IReadOnlyList<TStep> steps, Func<string, TStep, bool>? differs = null) where TStep : TrainingStep
    {
        Assert.Equal(Log.Count, steps.Count);
        var compared = 0;
        foreach (var (recorded, step) in Log.Zip(steps))
            foreach (var (metric, value) in step.Metrics)
            {
                // Tokens are counted over padded rows and prompts twice there.
                if (metric == "num_tokens" || !recorded.TryGetProperty(metric, out var expected) || differs?.Invoke(metric, step) == true) continue;
                Assert.True(Near.Is(expected.GetDouble(), value, Tolerance), $"{_name}, step {step.Step}, {metric}: {value} instead of {expected.GetDouble()}");
                compared++;
            }
        Assert.True(compared >= 4 * Log.Count, $"Only {compared} numbers were compared.");
    }

    public void RequireWeights(nn.Module model)
    {
        foreach (var (name, parameter) in model.named_parameters())
        {
            using var norm = parameter.norm();
            Near.Equal(_finalNorms[name], norm.ToDouble(), Tolerance);
        }
    }

    /// <summary>What the trained model makes of the rows that all recorded models were given.</summary>
    public void RequireFinal(CausalLanguageModel model)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var final = SafetensorsFile.Open(Golden.Path("runs", _name, "final.safetensors"));
        using var layout = TokenLayout.Of([.. Rows().Select(row => new TokenizedExample(row[..1], row[1..]))]);
        var logProbs = model.TokenLogProbs(layout).Values;
        var expected = final.Read("final_per_token_logps");
        var real = cat([.. layout.ResponseLengths.Select((length, row) => expected[row].narrow(0, 0, length))]);
        Assert.InRange((real - logProbs).abs().max().item<float>(), 0, 1e-3);
        var logits = model.Hidden(layout).index_select(0, layout.Last).mm(model.OutputWeight.t());
        Assert.InRange((final.Read("final_last_logits") - logits).abs().max().item<float>(), 0, 1e-3);
    }

    public void RequireFinal(RewardModel model)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var final = SafetensorsFile.Open(Golden.Path("runs", _name, "final.safetensors"));
        using var layout = TokenLayout.Of([.. Rows().Select(row => new TokenizedExample(row[..1], row[1..]))]);
        Assert.InRange((final.Read("final_scores").squeeze(1) - model.Scores(layout)).abs().max().item<float>(), 0, 1e-3);
    }

    private RecordEncoder Encoder()
    {
        var folder = Golden.Path("models", "llama");
        var most = Settings.TryGetProperty("max_length", out var length) ? length.GetInt32() : 1024;
        return new RecordEncoder(HuggingFaceTokenizer.FromPretrained(folder), new EncodingOptions
        {
            Template = ChatTemplate.FromPretrained(folder),
            MaxLength = most,
            OverLength = OverLength.CutResponseEnd,
            TrainOn = _name == "sft_messages" ? TrainOn.Everything : TrainOn.Response,
        });
    }

    private static int[][] Rows()
    {
        using var io = SafetensorsFile.Open(Golden.Path("models", "llama", "io.safetensors"));
        using var scope = NewDisposeScope();
        var (ids, mask) = (io.Read("input_ids_right"), io.Read("attention_mask_right"));
        return [.. Enumerable.Range(0, (int)ids.shape[0]).Select(row =>
            ids[row].data<long>().ToArray()[..(int)mask[row].sum().item<long>()].Select(id => (int)id).ToArray())];
    }

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> records)
    {
        var rows = new List<T>();
        await foreach (var record in records) rows.Add(record);
        return rows;
    }
}
