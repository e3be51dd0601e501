namespace Alignment.Tests.Law;

/// <summary>Numbers that are the same in every run.</summary>
internal static class SeededNumbers
{
    /// <summary>Uniform numbers between two bounds.</summary>
    public static double[] Of(int count, int seed, double least = -1, double most = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => least + (most - least) * random.NextDouble())];
    }
}
