using Alignment.Feedback.Tests.Calls;

namespace Alignment.Feedback.Tests;

/// <summary>What tests start as a process of its own, to kill it.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments) => arguments switch
    {
        ["label", var address, var journal] => await LabelChild.RunAsync(address, journal),
        _ => throw new ArgumentException($"Nothing is called '{string.Join(' ', arguments)}'."),
    };
}
