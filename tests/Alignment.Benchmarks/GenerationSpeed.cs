using System.Diagnostics;
using Alignment.Generation;
using Alignment.Models;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>
/// Tokens a second of 8 prompts with 128 new tokens each, the best of several runs. A step must read every weight but the embedding once and
/// compute 2 operations a weight and row: its rate in GFLOP/s stands beside its time.
/// </summary>
internal static class GenerationSpeed
{
    private const int Batch = 8, NewTokens = 128, Rounds = 5;

    public static void Print(string[] settings)
    {
        if (settings.Select(s => int.TryParse(s, out var n) ? n : 0).Append(0).Max() is var threads and > 0) set_num_threads(threads);
        using var model = DecoderModel.FromScratch(ReferenceModel.Config, 1);
        var weights = ReferenceModel.MultipliedWeights(model);
        var generator = new TokenGenerator(model);
        Console.WriteLine($"{model.parameters().Sum(p => p.numel()) / 1e6:F1} M parameters, {get_num_threads()} threads, batch {Batch}, {NewTokens} new tokens, best of {Rounds}; a step reads {4e-6 * weights:F0} MB of weights");
        foreach (var length in new[] { 64, 384 })
        {
            var random = new Random(length);
            int[][] prompts = [.. Enumerable.Range(0, Batch).Select(_ => ReferenceModel.Ids(random, length))];
            Measure("greedy", null);
            Measure("temperature 0.7", new SamplingOptions { Temperature = 0.7 });
            Measure("temperature 0.7, top-k 50", new SamplingOptions { Temperature = 0.7, TopK = 50 });
            Measure("top-k 50, top-p 0.9", new SamplingOptions { TopK = 50, TopP = 0.9 });

            void Measure(string name, SamplingOptions? sampling)
            {
                var options = new GenerationOptions { MaxNewTokens = NewTokens, Sampling = sampling };
                var (best, first) = (double.MaxValue, double.MaxValue);
                for (var round = 0; round < Rounds; round++)
                {
                    var watch = Stopwatch.StartNew();
                    using var run = generator.Start(prompts, options);
                    first = Math.Min(first, watch.Elapsed.TotalSeconds);
                    while (!run.IsFinished) run.Step();
                    best = Math.Min(best, watch.Elapsed.TotalSeconds);
                }
                var step = (best - first) / (NewTokens - 1);
                Console.WriteLine(
                    $"prompt {length,3}  {name,-26} {Batch * NewTokens / best,5:F0} tokens/s  prompts {first * 1e3,4:F0} ms  " +
                    $"step {step * 1e3,5:F2} ms, {2e-9 * Batch * weights / step,3:F0} GFLOP/s  peak {PeakMegabytes(),5:F0} MB");
            }
        }
    }

    private static double PeakMegabytes() =>
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries) is var parts
            ? double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) / 1024
            : 0;
}
