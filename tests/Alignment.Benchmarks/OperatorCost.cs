using System.Diagnostics;
using static TorchSharp.torch;

namespace Alignment.Benchmarks;

/// <summary>What a small operator costs: the best of several rounds, since other work on the machine can only add.</summary>
internal static class OperatorCost
{
    private const int Calls = 100_000, Rounds = 7;

    public static void Print()
    {
        using var noGrad = no_grad();
        using var a = ones(4);
        using var b = ones(4);
        using var m = ones(8, 8);
        Measure("a + b, disposed", () => { using var c = a + b; });
        Measure("a + b in a scope", () => { using var scope = NewDisposeScope(); _ = a + b; });
        Measure("a * 2.0, disposed", () => { using var c = a * 2.0; });
        Measure("a.add_(b)", () => a.add_(b));
        Measure("m.mm(m), 8 x 8", () => { using var c = m.mm(m); });
        Measure("a.view(2, 2)", () => { using var c = a.view(2, 2); });
        Measure("a.exp()", () => { using var c = a.exp(); });
    }

    private static void Measure(string name, Action call)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Calls; i++) call();
            best = Math.Min(best, watch.Elapsed.TotalMicroseconds / Calls);
        }
        Console.WriteLine($"{name,-20} {best,6:F2} µs");
    }
}
