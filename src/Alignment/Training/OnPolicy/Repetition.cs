namespace Alignment.Training;

/// <summary>How much a response repeats itself.</summary>
internal static class Repetition
{
    /// <summary>Share of the pairs of neighbouring tokens that came before in the same response; 0 for fewer than two pairs.</summary>
    public static double Of(IReadOnlyList<int> ids)
    {
        if (ids.Count < 3) return 0;
        var pairs = ids.Count - 1;
        return 1 - (double)Enumerable.Range(0, pairs).Select(i => (ids[i], ids[i + 1])).Distinct().Count() / pairs;
    }
}
