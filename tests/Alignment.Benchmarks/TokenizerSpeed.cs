using System.Diagnostics;
using System.Text.Json;
using Alignment.Data;

namespace Alignment.Benchmarks;

/// <summary>
/// Tokens a second on one core: every tokenizer.json below a folder, over texts as a training set gives them, one call a text. "cold" is the
/// first pass, which compiles and fills the caches, "warm" the best of those after.
/// </summary>
internal static class TokenizerSpeed
{
    private const int Rounds = 5;

    public static void Print(string folder, string[] files)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "tokenizer.json", SearchOption.AllDirectories).Order())
        {
            var watch = Stopwatch.StartNew();
            var tokenizer = HuggingFaceTokenizer.FromFile(path);
            Console.WriteLine($"{Path.GetRelativePath(folder, path)}: {tokenizer.VocabularySize} ids, read in {watch.Elapsed.TotalSeconds:F1} s");
            foreach (var file in files)
                Measure(tokenizer, file, [.. Texts(file)]);
        }
    }

    private static void Measure(HuggingFaceTokenizer tokenizer, string file, string[] texts)
    {
        var cold = Encode(tokenizer, texts);
        var warm = Enumerable.Range(0, Rounds).Select(_ => Encode(tokenizer, texts)).MinBy(pass => pass.Seconds);
        var ids = texts.SelectMany(tokenizer.Encode).ToArray();
        var watch = Stopwatch.StartNew();
        tokenizer.Decode(ids);
        var decoded = watch.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"  {Path.GetFileName(file),-24} {texts.Sum(text => (long)text.Length) / 1e6,6:F2} M characters, {ids.Length / 1e6,6:F2} M tokens; tokens/s in M: "
            + $"cold {cold.Tokens / cold.Seconds / 1e6:F2}, warm {warm.Tokens / warm.Seconds / 1e6:F2} ({warm.Bytes / warm.Tokens:F0} B a token), decoding {ids.Length / decoded / 1e6:F2}");
    }

    private static (double Tokens, double Seconds, double Bytes) Encode(HuggingFaceTokenizer tokenizer, string[] texts)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var tokens = texts.Sum(text => (long)tokenizer.Encode(text).Count);
        return (tokens, watch.Elapsed.TotalSeconds, GC.GetAllocatedBytesForCurrentThread() - bytes);
    }

    // Each string of a JSONL file, each file of a folder, or the file.
    internal static IEnumerable<string> Texts(string path)
    {
        if (Directory.Exists(path))
            return Directory.EnumerateFiles(path, "*.cs", SearchOption.AllDirectories).Order().Select(File.ReadAllText);
        return Path.GetExtension(path) == ".jsonl" ? File.ReadLines(path).SelectMany(Strings) : [File.ReadAllText(path)];
    }

    private static List<string> Strings(string line)
    {
        using var row = JsonDocument.Parse(line);
        return [.. row.RootElement.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).Select(field => field.Value.GetString()!)];
    }
}
