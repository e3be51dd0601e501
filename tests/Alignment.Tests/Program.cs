using Alignment.Tests.Checkpoints;

namespace Alignment.Tests;

/// <summary>What tests start as a process of its own, to signal or kill it.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["save-checkpoints", var folder] => CheckpointSaver.Run(folder),
        ["wait-for-signals"] => SignalWaiter.Run(),
        _ => throw new ArgumentException($"Nothing is called '{string.Join(' ', arguments)}'."),
    };
}
