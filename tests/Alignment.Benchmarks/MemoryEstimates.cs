using System.Globalization;
using Alignment.Models;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>The memory that a run counts before it starts, beside the peak that it then has, each run in a process of its own.</summary>
/// <remarks>
/// The peak is that of the resident set in three DPO steps less what the process held before there was a model: once with an allocator that gives
/// back what is freed, and once with glibc's default, which keeps holes between what is not. Sequences are short, so that it makes little
/// difference whether this libtorch's attention keeps scores, as that of a CPU did before version 2.
/// </remarks>
internal static class MemoryEstimates
{
    private const int Steps = 3, Pairs = 8;
    private const string GivesBack = "glibc.malloc.mmap_threshold=1048576";   // setting it also stops glibc from raising it

    private static readonly Dictionary<string, Setting> Settings = new()
    {
        ["frozen reference"] = new(Config(32_000, 384, 1024, 6), Prompt: 160, Response: 96),
        ["LoRA, gradient checkpointing"] = new(Config(32_000, 512, 1408, 8), Prompt: 160, Response: 96, Rank: 16, IsCheckpointed: true),
        ["large vocabulary, 2 batches a step"] = new(Config(128_256, 256, 704, 4), Prompt: 96, Response: 64, Accumulation: 2),
        ["wide layers"] = new(Config(8_000, 768, 2048, 8), Prompt: 128, Response: 64),
    };

    private sealed record Setting(DecoderConfig Config, int Prompt, int Response, int Rank = 0, bool IsCheckpointed = false, int Accumulation = 1);

    public static void Print()
    {
        foreach (var tunables in (string[])[GivesBack, ""])
        {
            Console.WriteLine(tunables.Length > 0 ? $"GLIBC_TUNABLES={tunables}" : "default allocator");
            Environment.SetEnvironmentVariable("GLIBC_TUNABLES", tunables);
            foreach (var name in Settings.Keys) Console.WriteLine("  " + ChildProcess.Report(ChildProcess.Start("memory", name)));
        }
    }

    public static void PrintOne(string name)
    {
        var setting = Settings[name];
        var random = new Random(1);
        int[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(setting.Config.VocabularySize))];
        var pairs = Enumerable.Range(0, Pairs * Steps * setting.Accumulation).Select(_ => new TokenizedPair(Ids(setting.Prompt), Ids(setting.Response), Ids(setting.Response))).ToList();
        Warm();
        var before = Memory.Megabytes("VmRSS:");
        using var policy = DecoderModel.FromScratch(setting.Config, 1);
        if (setting.Rank > 0) policy.Adapters.Add("policy", new LoraOptions { Rank = setting.Rank }, 1);
        using var copy = setting.Rank > 0 ? null : policy.Copy();
        var reference = copy is null ? ReferencePolicy.BaseOf(policy) : ReferencePolicy.Frozen(copy);
        var options = new DpoOptions
        {
            Run = new RunOptions { MaxSteps = Steps, BatchSize = Pairs, GradientAccumulationSteps = setting.Accumulation, GradientCheckpointing = setting.IsCheckpointed },
            Optimizer = new OptimizerOptions { LearningRate = 1e-5 },
        };
        var listener = new Listener();
        new DpoTrainer(policy, reference, options).Train(pairs, observer: listener);
        var (estimate, measured) = (listener.Estimate!.Peak / 1048576.0, Memory.Megabytes("VmHWM:") - before);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-36} estimate {estimate,6:F0} MB, measured {measured,6:F0} MB, ratio {estimate / measured:F3}  ({string.Join(", ", Parts(listener.Estimate))})"));
    }

    private static IEnumerable<string> Parts(MemoryEstimate estimate) =>
        new[] { ("weights", estimate.Weights), ("gradients", estimate.Gradients), ("optimizer", estimate.Optimizer), ("activations", estimate.Activations), ("reference", estimate.Reference) }
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2 / 1048576.0:F0}"));

    // libtorch itself, its threads and what .NET compiles are there before the model is.
    private static void Warm()
    {
        using var scope = NewDisposeScope();
        var x = randn(1024, 1024).requires_grad_();
        x.mm(x).sum().backward();
    }

    private static DecoderConfig Config(int vocabulary, int hidden, int inner, int layers) => new()
    {
        VocabularySize = vocabulary,
        HiddenSize = hidden,
        IntermediateSize = inner,
        Layers = layers,
        Attention = new AttentionConfig { Heads = hidden / 64, KeyValueHeads = hidden / 128 },
        MaxPositions = 512,
        TieEmbeddings = vocabulary > 100_000,
    };

    private sealed class Listener : IObserver<RunEvent>
    {
        public MemoryEstimate? Estimate { get; private set; }

        public void OnNext(RunEvent value)
        {
            if (value is MemoryEstimated memory) Estimate = memory.Estimate;
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
