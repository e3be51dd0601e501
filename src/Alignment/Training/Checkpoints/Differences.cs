using System.Globalization;

namespace Alignment.Training;

/// <summary>Throws where a run is not the one that was saved, and says in what.</summary>
internal static class Differences
{
    private const int MostListed = 20;

    /// <param name="differences">For example <c>Optimizer.LearningRate: was 5e-7, is 1e-6</c>; none where all is as it was.</param>
    /// <param name="summary">The beginning of the message.</param>
    public static void Require(IEnumerable<string> differences, string summary)
    {
        List<string> all = [.. differences];
        if (all.Count == 0) return;
        var listed = all.Take(MostListed).Select(difference => $"\n- {difference}");
        var more = all.Count > MostListed ? string.Create(CultureInfo.InvariantCulture, $"\n- and {all.Count - MostListed} more") : "";
        throw new CheckpointException($"{summary}:{string.Concat(listed)}{more}");
    }
}
