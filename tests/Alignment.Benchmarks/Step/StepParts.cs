using System.Diagnostics;
using Alignment.Models;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>Where the time of a step goes: processor milliseconds of each part, which a busy machine does not change much, and resident memory after it.</summary>
internal static class StepParts
{
    private const int Rounds = 4;

    public static void Print(string[] words)
    {
        set_num_threads(1);
        foreach (var setting in StepSetting.All.Where(setting => setting.Name.EndsWith("even-online-default", StringComparison.Ordinal)))
        {
            if (words.Any(word => !setting.Name.Contains(word, StringComparison.Ordinal))) continue;
            using var policy = DecoderModel.FromScratch(setting.Config, 1);
            using var reference = DecoderModel.FromScratch(setting.Config, 2);
            using var optimizer = new ModelOptimizer(policy, new OptimizerOptions { LearningRate = StepWorker.LearningRate }, 1, 1000);
            var parts = new Dictionary<string, (double Milliseconds, double Megabytes)>();
            for (var round = 0; round < Rounds; round++) Step(policy, reference, optimizer, setting.Pairs(), new Parts(parts));
            Console.WriteLine($"{setting.Vocabulary}: {"part",-28} {"ms",7} {"MB after",9}");
            foreach (var (name, part) in parts) Console.WriteLine($"{name,-35} {part.Milliseconds,6:F0} {part.Megabytes,9:F0}");
            Console.WriteLine($"{"sum",-35} {parts.Values.Sum(part => part.Milliseconds),6:F0} {Memory.Megabytes("VmHWM:"),9:F0} (peak)");
            Layer(setting.Config);
        }
    }

    private static void Step(DecoderModel policy, DecoderModel reference, ModelOptimizer optimizer, IReadOnlyList<TokenizedPair> pairs, Parts parts)
    {
        using var scope = NewDisposeScope();
        using var layout = TokenLayout.Of(pairs);
        using (no_grad())
        {
            using var states = parts.Of("reference: layers", () => reference.Backbone.Hidden(layout, layout.Sources, layout.ResponseLengths));
            using var values = parts.Of("reference: log-probabilities", () => ChunkedLogProbs.Of(states, reference.OutputWeight, layout.Targets));
        }
        var hidden = parts.Of("policy: layers", () => policy.Backbone.Hidden(layout, layout.Sources, layout.ResponseLengths));
        var leaf = hidden.detach().requires_grad_();
        var logProbs = parts.Of("policy: log-probabilities", () => ChunkedLogProbs.Of(leaf, policy.OutputWeight, layout.Targets));
        parts.Of("backward: log-probabilities", () => { (logProbs.sum() * 0.01).backward(); return leaf; });
        parts.Of("backward: layers, embedding", () => { hidden.backward([leaf.grad!]); return hidden; });
        parts.Of("clip, AdamW", () => { optimizer.Apply(); return hidden; });
    }

    /// <summary>The inside of a layer, each part by itself with its backward.</summary>
    private static void Layer(DecoderConfig config)
    {
        using var generator = new Generator(1);
        var parameters = new ParameterScope(new RandomParameters(ScalarType.Float32, CPU, 0.02, generator));
        using var norm = new RmsNorm(parameters.Below("norm"), config.HiddenSize, 1e-5);
        using var mlp = new Mlp(parameters.Below("mlp"), config);
        using var layout = TokenLayout.Of(new StepSetting("32k", "even", "online", "default").Pairs());
        var rotary = new RotaryEmbedding(config.Rope, config.TurnedSize(config.Rope), config.MaxPositions);
        using var scope = NewDisposeScope();
        var rotation = rotary.At(layout.Positions, layout.MaxLength, ScalarType.Float32);
        var attention = LayoutAttention.Of(layout);
        var last = SelectedAttention.Of(layout, layout.Sources, layout.ResponseLengths);
        Tensor Random(params long[] shape) => randn(shape).requires_grad_();
        var (n, heads, keys, size) = ((long)layout.TokenCount, (long)config.Attention.Heads, (long)config.Attention.KeyValueHeads, (long)config.HeadSize);
        var (x, q, k, v) = (Random(n, config.HiddenSize), Random(n, heads, size), Random(n, keys, size), Random(n, keys, size));
        var rows = Random(layout.ResponseTokenCount, heads, size);
        var matrix = Random(config.HiddenSize, config.HiddenSize);
        Measure("norm", () => norm.call(x));
        Measure("projection H x H", () => nn.functional.linear(x, matrix));
        Measure("rotation of queries", () => rotation.Apply(q));
        Measure("attention", () => attention.Attend(default, q, k, v));
        Measure("attention of the last layer", () => last.Attend(default, rows, k, v));
        Measure("gated unit", () => mlp.call(x));
        Measure("residual sum", () => x + x);
    }

    private static void Measure(string name, Func<Tensor> run)
    {
        var (forward, backward) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < 2 * Rounds; round++)
        {
            using var scope = NewDisposeScope();
            var start = Process.GetCurrentProcess().TotalProcessorTime;
            var output = run();
            var middle = Process.GetCurrentProcess().TotalProcessorTime;
            output.backward([ones_like(output)]);
            var end = Process.GetCurrentProcess().TotalProcessorTime;
            (forward, backward) = (Math.Min(forward, (middle - start).TotalMilliseconds), Math.Min(backward, (end - middle).TotalMilliseconds));
        }
        Console.WriteLine($"  {name,-30} forward {forward,6:F1} ms  backward {backward,6:F1} ms");
    }

    private sealed class Parts(Dictionary<string, (double Milliseconds, double Megabytes)> best)
    {
        public Tensor Of(string name, Func<Tensor> run)
        {
            var start = Process.GetCurrentProcess().TotalProcessorTime;
            var result = run();
            var spent = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMilliseconds;
            best[name] = (Math.Min(spent, best.TryGetValue(name, out var old) ? old.Milliseconds : double.MaxValue), Memory.Megabytes("VmRSS:"));
            return result;
        }
    }
}
