using Alignment.Training;

namespace Alignment.Tests.Checkpoints;

/// <summary>A program that finishes its step when it is asked to stop, and takes long about it.</summary>
internal static class SignalWaiter
{
    public static int Run()
    {
        using var signals = new StopSignals();
        Console.WriteLine("ready");
        signals.Token.WaitHandle.WaitOne();
        Console.WriteLine("saving");
        Console.Out.Flush();
        Thread.Sleep(TimeSpan.FromSeconds(1));
        Console.WriteLine("saved");
        return signals.ExitCode ?? 0;
    }
}
