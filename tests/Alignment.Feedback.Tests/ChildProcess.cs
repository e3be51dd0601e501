using System.Diagnostics;

namespace Alignment.Feedback.Tests;

/// <summary>This assembly as a process of its own; see <see cref="Program"/>.</summary>
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
