using System.Diagnostics;
using System.Globalization;

namespace Alignment.Benchmarks;

/// <summary>This program again in a process of its own, whose peak of memory is that of what it measures.</summary>
internal static class ChildProcess
{
    public static Process Start(params string[] settings) =>
        Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Arguments(), .. settings]) { RedirectStandardOutput = true })!;

    /// <summary>What the process printed.</summary>
    public static string Report(Process child)
    {
        var text = child.StandardOutput.ReadToEnd().TrimEnd();
        child.WaitForExit();
        return text;
    }

    /// <summary>The peak of this process's resident set.</summary>
    public static double PeakMegabytes() => 1024 / 1e6 * double.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    // Started as `dotnet Alignment.Benchmarks.dll`, the process is dotnet, which wants the file too.
    private static string[] Arguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ChildProcess).Assembly.Location] : [];
}
