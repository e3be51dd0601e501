using Alignment.Training;

namespace Alignment.Tests.Checkpoints;

public sealed class StopSignalsTests
{
    [Theory, InlineData("INT", 130), InlineData("TERM", 143)]
    public void The_first_signal_asks_and_the_program_ends_with_a_code_of_its_own(string signal, int exitCode)
    {
        if (OperatingSystem.IsWindows()) return;   // no process can send these there
        using var child = new ChildProcess("wait-for-signals");
        Assert.Equal("ready", child.ReadLine());
        child.Signal(signal);
        Assert.Equal(("saving\nsaved\n", exitCode), child.End());
    }

    [Theory, InlineData("INT", 130), InlineData("TERM", 143)]
    public void The_second_signal_ends_the_process_at_once(string signal, int exitCode)
    {
        if (OperatingSystem.IsWindows()) return;
        using var child = new ChildProcess("wait-for-signals");
        Assert.Equal("ready", child.ReadLine());
        child.Signal(signal);
        Assert.Equal("saving", child.ReadLine());
        child.Signal(signal);
        Assert.Equal(("", exitCode), child.End());
    }

    [Fact]
    public void Without_a_signal_there_is_no_code()
    {
        using var signals = new StopSignals();
        Assert.Null(signals.ExitCode);
        Assert.False(signals.Token.IsCancellationRequested);
    }
}
