using System.Diagnostics;
using System.Globalization;
using Alignment.Data;

namespace Alignment.Benchmarks;

/// <summary>Seconds and peak memory of a data report on many pairs of about 1,500 characters, drawn while they are read, each way in a
/// process of its own.</summary>
internal static class DataReportSpeed
{
    private const int Pairs = 100_000;
    private const int Vocabulary = 8_000;

    public static void Print(string[] settings)
    {
        if (settings is [var way])
        {
            Measure(way);
            return;
        }
        foreach (var one in (string[])["nothing", "exact", "near"])
        {
            using var child = Child(one);
            Console.WriteLine($"{one,-8} {child.StandardOutput.ReadToEnd().TrimEnd()}");
            child.WaitForExit();
        }
    }

    private static void Measure(string way)
    {
        var watch = Stopwatch.StartNew();
        var processor = Environment.CpuUsage.TotalTime;
        var (rows, findings, section) = way == "nothing" ? (CountAsync().GetAwaiter().GetResult(), 0, 0) : ReportAsync(way).GetAwaiter().GetResult();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rows:N0} pairs, {watch.Elapsed.TotalSeconds:F1} s ({(Environment.CpuUsage.TotalTime - processor).TotalSeconds:F1} s of processor " +
                $"time), peak {PeakMegabytes():F0} MB, {section} sections, {findings} findings"));
    }

    private static async Task<(long Rows, int Findings, int Sections)> ReportAsync(string way)
    {
        var report = await DataReport.OfAsync(Draw(), new DataReportOptions { NearDuplicates = way == "near", MaxCharacters = 4000 });
        _ = report.ToJson();
        _ = report.ToHtml();
        return (report.Rows, report.Findings.Count, report.Sections.Count);
    }

    private static async Task<long> CountAsync()
    {
        var rows = 0L;
        await foreach (var _ in Draw()) rows++;
        return rows;
    }

    private static async IAsyncEnumerable<PreferencePair> Draw()
    {
        await Task.CompletedTask;
        var random = new Random(1);
        string[] words = [.. Enumerable.Range(0, Vocabulary).Select(_ => new string([.. Enumerable.Range(0, random.Next(2, 10)).Select(_ =>
            (char)('a' + random.Next(26)))]))];
        // Words by a law like Zipf's: the square of a uniform number favours the first.
        string Text(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => words[(int)(Math.Pow(random.NextDouble(), 2) * Vocabulary)])) + ".";
        for (var i = 0; i < Pairs; i++)
            yield return new PreferencePair(Text(random.Next(20, 100)), Text(random.Next(40, 160)), Text(random.Next(40,
                160))) { Source = i % 3 == 0 ? "one" : "two" };
    }

    private static double PeakMegabytes() => 1024 / 1e6 * double.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ',
            StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);

    private static Process Child(string way) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? (string[])[typeof(DataReportSpeed).Assembly.Location] : [], "report", way]) { RedirectStandardOutput = true })!;
}
