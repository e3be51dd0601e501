using System.Diagnostics;

namespace Alignment.Tests.Common;

/// <summary>The test assembly as a process of its own; its <c>Program</c> says what it can do.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    public ChildProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", typeof(ChildProcess).Assembly.Location, .. arguments]) { RedirectStandardOutput = true };
        _process = Process.Start(start)!;
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    /// <summary>SIGKILL, which no process hears.</summary>
    public void Kill() => _process.Kill();

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>The rest of what it said, and how it ended.</summary>
    public (string Said, int ExitCode) End()
    {
        var said = _process.StandardOutput.ReadToEnd();
        Assert.True(_process.WaitForExit(Patience), "The process must end.");
        return (said, _process.ExitCode);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
