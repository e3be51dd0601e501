namespace Alignment.Training;

/// <summary>What the random numbers of an iteration are drawn from: the run's seed and the iteration alone, so that a run that goes on draws the same.</summary>
internal static class IterationSeeds
{
    /// <summary>Of the tokens.</summary>
    public static long Sampling(int runSeed, int step) => (long)Of(runSeed, step);

    /// <summary>Of the order in which responses are learnt from.</summary>
    public static int Order(int runSeed, int step) => (int)(Of(runSeed, step) >> 32);

    /// <summary>Of the tokens of evaluations, the same at each: two differ by the policy alone.</summary>
    public static long Evaluation(int runSeed) => Sampling(runSeed, 0);   // steps count from 1

    private static ulong Of(int runSeed, int step) => SplitMix64.Of(~runSeed, step).Next();
}
