using System.Diagnostics;
using Alignment.Models;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>What activation checkpointing saves, each way in a process of its own: memory that is not given back would count for the next.</summary>
internal static class CheckpointingMemory
{
    private const int Rows = 8, Length = 256, Steps = 5;

    public static void Print()
    {
        Console.WriteLine($"{Rows} x {Length} tokens, 12 layers of width 256; held: resident set after forward less that before");
        foreach (var way in (string[])["plain", "checkpointed"])
        {
            using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Assembly, "checkpointing", way]))!;
            child.WaitForExit();
        }
    }

    public static void PrintOne(string way)
    {
        var config = new DecoderConfig
        {
            VocabularySize = 2000,
            HiddenSize = 256,
            IntermediateSize = 1024,
            Layers = 12,
            Attention = new AttentionConfig { Heads = 4 },
            MaxPositions = Length,
        };
        using var model = DecoderModel.FromScratch(config, 1);
        model.Backbone.UsesActivationCheckpointing = way == "checkpointed";
        var random = new Random(1);
        int[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(config.VocabularySize))];
        using var layout = TokenLayout.Of([.. Enumerable.Range(0, Rows).Select(_ => new TokenizedExample(Ids(1), Ids(Length - 1)))]);
        double held = 0, best = double.MaxValue;
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            var (watch, before) = (Stopwatch.StartNew(), Memory.Megabytes("VmRSS:"));
            var loss = -model.TokenLogProbs(layout).Values.mean();
            if (step == 0) held = Memory.Megabytes("VmRSS:") - before;   // later steps find memory that the first has freed
            loss.backward();
            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
            model.zero_grad();
        }
        Console.WriteLine($"{way,-12}  held {held,6:F0} MB  peak {Memory.Megabytes("VmHWM:"),6:F0} MB  best step {best,6:F0} ms");
    }

    // Under `dotnet name.dll` the process is dotnet, and the program its first argument.
    private static string[] Assembly =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
