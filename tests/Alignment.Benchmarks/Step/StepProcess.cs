using System.Diagnostics;
using System.Globalization;

namespace Alignment.Benchmarks;

/// <summary>One way of computing the step, in a process of its own: it takes a step whenever it is asked to.</summary>
internal sealed class StepProcess : IDisposable
{
    private readonly Process _process;
    private double _seconds, _processor;

    public StepProcess(StepSetting setting, string way, int threads)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. Assembly, "step", way, setting.Name, threads.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["GLIBC_TUNABLES"] = setting.Tunables;
        _process = Process.Start(start)!;
        Next();   // compiles, allocates
    }

    public double BestSeconds { get; private set; } = double.MaxValue;

    /// <summary>Least processor time, of all threads together: it says more than seconds where the machine is busy.</summary>
    public double BestProcessorSeconds { get; private set; } = double.MaxValue;

    public double PeakMegabytes { get; private set; }

    /// <summary>Loss and gradient norm of the step just taken.</summary>
    public (double Loss, double Norm) Result { get; private set; }

    public void Step()
    {
        Next();
        (BestSeconds, BestProcessorSeconds) = (Math.Min(BestSeconds, _seconds), Math.Min(BestProcessorSeconds, _processor));
    }

    public void Dispose()
    {
        _process.StandardInput.Dispose();   // the other side ends at the end of its input
        _process.WaitForExit();
        _process.Dispose();
    }

    // Under `dotnet name.dll` the process is dotnet, and the program its first argument.
    private static string[] Assembly =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    private void Next()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("A process of the step benchmark ended early.");
        var numbers = line.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        (_seconds, _processor, PeakMegabytes, Result) = (numbers[0], numbers[1], numbers[2], (numbers[3], numbers[4]));
    }
}
