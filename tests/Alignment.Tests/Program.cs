using Alignment.Tests.Checkpoints;
using Alignment.Tests.RunLoop;

namespace Alignment.Tests;

/// <summary>What tests start as a process of its own, to signal or kill it.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["save-checkpoints", var folder] => CheckpointSaver.Run(folder),
        ["train", var method, var folder] => RunChild.Run(method, folder),
        ["wait-for-signals"] => SignalWaiter.Run(),
        _ => throw new ArgumentException($"Nothing is called '{string.Join(' ', arguments)}'."),
    };
}
