using System.Diagnostics;
using System.Text;
using Alignment.Data;

namespace Alignment.Benchmarks;

/// <summary>Rows a second of what happens to records before training, over made-up pairs of about 1,500 characters, and the memory it takes.</summary>
internal static class TransformSpeed
{
    private const int PromptCharacters = 1000;
    private const int ResponseCharacters = 250;

    public static async Task PrintAsync(string[] settings)
    {
        var count = settings is [var number] ? int.Parse(number, provider: null) : 100_000;
        var rows = Rows(count).ToArray();
        var characters = rows.Sum(row => (long)row.Prompt.Text!.Length + row.Chosen.Text!.Length + row.Rejected.Text!.Length);
        Console.WriteLine($"{count} pairs, {characters / 1e6:F0} M characters, {Memory()} with them in memory");
        var folder = Directory.CreateTempSubdirectory("alignment-transforms").FullName;
        try
        {
            foreach (var name in (string[])["pairs.parquet", "pairs.jsonl", "pairs.jsonl.gz"])
            {
                var path = Path.Combine(folder, name);
                await MeasureAsync($"write {name}", count, async () => await PreferenceWriter.WriteAsync(path, rows.ToAsyncEnumerable()));
                Console.WriteLine($"    {new FileInfo(path).Length / 1e6:F0} MB");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        await MeasureAsync("split", count, async () => await new PromptSplit().Only(rows.ToAsyncEnumerable(), SplitPart.Train).CountAsync());
        await MeasureAsync("shuffle, buffer of 10,000", count, async () => await rows.ToAsyncEnumerable().ShuffleBuffered(10_000, seed: 42).CountAsync());
        await MeasureAsync("mix two", count, async () => await Mixing.Mix(
            [new MixSource<PreferencePair>(rows.ToAsyncEnumerable(), 1), new MixSource<PreferencePair>(rows.ToAsyncEnumerable(), 1)]).Take(count).CountAsync());
        foreach (var key in Enum.GetValues<DuplicateKey>())
        {
            var once = new Deduplicator(key);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await MeasureAsync($"deduplicate by {key}", count, async () => await once.Filter(rows.ToAsyncEnumerable()).CountAsync());
            Console.WriteLine($"    it holds {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6:F0} MB; {once.Duplicates} duplicates");
        }
        GC.KeepAlive(rows);
    }

    private static async Task MeasureAsync(string what, int count, Func<Task> runAsync)
    {
        var watch = Stopwatch.StartNew();
        await runAsync();
        Console.WriteLine($"  {what,-32} {watch.Elapsed.TotalSeconds,6:F1} s, {count / watch.Elapsed.TotalSeconds,10:F0} rows/s, {Memory()}");
    }

    private static string Memory()
    {
        using var process = Process.GetCurrentProcess();
        return $"peak {process.PeakWorkingSet64 / 1e6:F0} MB";
    }

    // Words of a skewed distribution; every tenth pair is the one before with a few words at the end of its prompt, every hundredth the one before.
    private static IEnumerable<PreferencePair> Rows(int count)
    {
        var random = new Random(1);
        var words = Enumerable.Range(0, 20_000)
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 10)).Select(_ => (char)('a' + random.Next(26))))).ToArray();
        PreferencePair? last = null;
        for (var i = 0; i < count; i++)
        {
            last = last is null || i % 10 != 9 ? new PreferencePair(Text(PromptCharacters), Text(ResponseCharacters), Text(ResponseCharacters))
                : i % 100 == 99 ? last
                : last with { Prompt = $"{last.Prompt} and so on" };
            yield return last;
        }

        string Text(int length)
        {
            var text = new StringBuilder(length + 10);
            while (text.Length < length) text.Append(words[(int)(words.Length * Math.Pow(random.NextDouble(), 3))]).Append(' ');
            return text.ToString();
        }
    }
}
