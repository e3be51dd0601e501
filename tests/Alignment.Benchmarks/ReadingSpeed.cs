using System.Diagnostics;
using Alignment.Data;

namespace Alignment.Benchmarks;

/// <summary>
/// Rows a second and the peak of memory of reading preferences: a million plain pairs and a hundred thousand conversational ones, as Parquet and as
/// JSON lines. Each file is written here and read by a process of its own, twice: the second time is warm.
/// </summary>
internal static class ReadingSpeed
{
    public static async Task PrintAsync(string[] settings)
    {
        if (settings is [var path])
        {
            await ReadAsync(path);
            return;
        }
        var folder = Directory.CreateTempSubdirectory("alignment-reading-").FullName;
        try
        {
            Console.WriteLine($"{"no file",-14} {Child("-")}");
            foreach (var (name, write) in ReadingFiles.All)
            {
                var file = Path.Combine(folder, name);
                await write(file);
                Console.WriteLine($"{name,-14} {new FileInfo(file).Length / 1e6,5:F0} MB; {Child(file)}");
                File.Delete(file);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task ReadAsync(string path)
    {
        var rates = new List<string>();
        for (var round = 0; path != "-" && round < 2; round++)
        {
            var (rows, characters) = (0L, 0L);
            var watch = Stopwatch.StartNew();
            var processor = Environment.CpuUsage.TotalTime;
            await foreach (var pair in PreferenceReader.ReadAsync(path))
            {
                rows++;
                characters += Length(pair.Prompt) + Length(pair.Chosen) + Length(pair.Rejected);
            }
            var (seconds, used) = (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
            rates.Add($"{rows / seconds:F0} rows/s, {characters / seconds / 1e6:F0} M characters/s, {rows / used:F0} rows a second of processor");
        }
        Console.WriteLine($"{string.Join("; warm ", rates)}; peak {ChildProcess.PeakMegabytes():F0} MB".TrimStart(' ', ';'));
    }

    private static int Length(Transcript transcript) => transcript.Text?.Length ?? transcript.Messages!.Sum(message => message.Content.Length);

    private static string Child(string file)
    {
        using var child = ChildProcess.Start("reading", file);
        return ChildProcess.Report(child);
    }
}
