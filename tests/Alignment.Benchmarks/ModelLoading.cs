using System.Diagnostics;
using System.Globalization;
using Alignment.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>How fast a model of about 500 MB is saved and loaded, and how much memory loading takes at its peak, each in a process of its own.</summary>
internal static class ModelLoading
{
    public static void Print(string[] settings)
    {
        if (settings is [var folder, var type, var times])
        {
            Load(folder, Type(type), int.Parse(times, CultureInfo.InvariantCulture));
            return;
        }
        var root = Directory.CreateTempSubdirectory("alignment-load-").FullName;
        try
        {
            using var empty = ChildProcess.Start("load", "-", "bf16", "0");
            Console.WriteLine($"{"a tensor and no model",-24} {ChildProcess.Report(empty)}");
            foreach (var (stored, loaded) in ((string, string)[])[("bf16", "bf16"), ("f32", "f32"), ("bf16", "f32"), ("f32", "bf16")])
            {
                var place = Path.Combine(root, stored);
                if (!Directory.Exists(place)) Save(place, stored);
                using var child = ChildProcess.Start("load", place, loaded, "3");
                Console.WriteLine($"{$"{stored} to {loaded}",-24} {ChildProcess.Report(child)}");
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Save(string folder, string type)
    {
        var config = new DecoderConfig
        {
            VocabularySize = 32_000,
            HiddenSize = 1024,
            IntermediateSize = 2816,
            Layers = type == "f32" ? 8 : 20,   // 122 or 257 M parameters, 490 or 513 MB
            Attention = new AttentionConfig { Heads = 16, KeyValueHeads = 4 },
            TieEmbeddings = true,
            DataType = Type(type),
        };
        using var model = DecoderModel.FromScratch(config, 1);
        var watch = Stopwatch.StartNew();
        model.SavePretrained(folder);
        Console.WriteLine($"{$"save {type}",-24} {Megabytes(Size(model)) / watch.Elapsed.TotalSeconds,6:F0} MB/s with its flush to the disk");
    }

    private static void Load(string folder, ScalarType type, int times)
    {
        using (ones(1)) { }
        var (baseline, size) = (ChildProcess.PeakMegabytes(), 0.0);
        var speeds = new List<string>();
        for (var i = 0; i < times; i++)
        {
            var watch = Stopwatch.StartNew();
            using var model = PretrainedModel.Load(folder, type);
            speeds.Add($"{Megabytes(Directory.GetFiles(folder).Sum(path => new FileInfo(path).Length)) / watch.Elapsed.TotalSeconds:F0}");
            size = Megabytes(Size(model));
        }
        var peak = ChildProcess.PeakMegabytes();
        Console.WriteLine(size == 0
            ? $"peak {peak:F0} MB"
            : $"{string.Join(", ", speeds)} MB/s of the file; {size:F0} MB in memory; peak {peak:F0} MB = x{peak / size:F3}, less the {baseline:F0} MB before x{(peak - baseline) / size:F3}");
    }

    private static ScalarType Type(string name) => name == "f32" ? ScalarType.Float32 : ScalarType.BFloat16;

    private static long Size(DecoderModel model) => model.parameters().Sum(parameter => parameter.NumberOfElements * parameter.ElementSize);

    private static double Megabytes(long bytes) => bytes / 1e6;
}
