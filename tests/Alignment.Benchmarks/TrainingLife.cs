using System.Runtime.InteropServices;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Benchmarks;

/// <summary>A long DPO run: the number of live tensors and the resident set after a warm-up and at the end.</summary>
internal static partial class TrainingLife
{
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD of glibc's malloc.h

    public static void Print(string[] settings)
    {
        if (settings.Contains("small")) _ = mallopt(MmapThreshold, 65536);
        var steps = settings.Select(s => int.TryParse(s, out var n) ? n : 0).Append(0).Max() is var asked and > 0 ? asked : 1000;
        var config = new DecoderConfig
        {
            VocabularySize = 4000,
            HiddenSize = 128,
            IntermediateSize = 352,
            Layers = 2,
            Attention = new AttentionConfig { Heads = 4, KeyValueHeads = 2 },
            MaxPositions = 128,
        };
        using var policy = DecoderModel.FromScratch(config, 1);
        using var reference = policy.Copy();
        var random = new Random(1);
        int[] Ids(int most) => [.. Enumerable.Range(0, random.Next(2, most)).Select(_ => random.Next(config.VocabularySize))];
        var pairs = Enumerable.Range(0, 400).Select(_ => new TokenizedPair(Ids(40), Ids(30), Ids(30))).ToList();
        var options = new DpoOptions { Run = new RunOptions { MaxSteps = steps, BatchSize = 4 }, Optimizer = new OptimizerOptions { LearningRate = 1e-5 } };
        new DpoTrainer(policy, ReferencePolicy.Frozen(reference), options).Train(pairs, null, new Watch());
    }

    private sealed class Watch : IObserver<RunEvent>
    {
        private double _early;

        public void OnNext(RunEvent value)
        {
            if (value is not TrainingStep || value.Step is not (50 or 100 or 200 or 500) && value.Step % 1000 != 0) return;
            var resident = ResidentMegabytes();
            if (value.Step == 100) _early = resident;
            Console.WriteLine($"step {value.Step,5}  live tensors {torch.Tensor.TotalCount,5}  resident set {resident,7:F1} MB{(value.Step > 100 ? $"  x{resident / _early:F3} of step 100" : "")}");
        }

        public void OnCompleted() { }

        public void OnError(Exception error) => Console.Error.WriteLine(error.Message);

        private static double ResidentMegabytes() =>
            File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) is var parts
                ? double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) / 1024
                : 0;
    }

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
