using System.Xml.Linq;
using Alignment.Reports;

namespace Alignment.Training;

/// <summary>Which curves of a run stand in which chart.</summary>
internal static class ReportCharts
{
    private const int MostSeries = ChartFrame.MostColours;
    private const int MostMarks = 60;
    private const int Smoothed = 100;   // points from which on a curve alone in its chart has a smoothed one beside it

    // Members in the order of their colours. What stands in no chart here has its own.
    private static readonly (string Title, string Unit, string[] Names)[] Known =
    [
        ("Loss", "nats", [MetricNames.Loss]),
        ("Rewards", "reward", ["rewards/chosen", "rewards/rejected", "rewards/margins"]),
        ("Accuracy", "share", ["rewards/accuracies", "accuracy"]),
        ("Margin", "reward", ["margin"]),
        ("Log-probabilities", "nats", ["logps/chosen", "logps/rejected"]),
        ("Scores", "reward", ["rewards/mean", "objective/rlhf_reward", "reward", "gold"]),
        ("Divergence from the reference", "nats", ["kl", "objective/kl", "objective/kl_k3"]),
        ("Rewards of the model", "reward", ["mean_reward", "min_reward", "max_reward"]),
        ("Gradient norm", "norm", [MetricNames.GradientNorm]),
        ("Learning rate", "rate", [MetricNames.LearningRate]),
        ("Speed", "tokens/s", [MetricNames.TokensPerSecond]),
    ];

    public static IEnumerable<XElement> Of(IReadOnlyDictionary<string, Curve> curves)
    {
        var drawn = new HashSet<string>(StringComparer.Ordinal) { MetricNames.Epoch, MetricNames.Tokens };
        foreach (var (title, unit, names) in Known)
            if (Chart(title, unit, names) is { } chart) yield return chart;
        foreach (var name in curves.Keys)
        {
            var bare = IsEvaluation(name) ? name[MetricNames.EvaluationPrefix.Length..] : name;
            if (!drawn.Contains(bare) && !IsBound(bare) && Chart(bare, "", [bare]) is { } chart) yield return chart;
        }

        XElement? Chart(string title, string unit, IReadOnlyList<string> names)
        {
            drawn.UnionWith(names);
            var series = names.Concat(names.Select(name => MetricNames.EvaluationPrefix + name))
                .Where(name => curves.TryGetValue(name, out var curve) && curve.Points.Count > 0)
                .Select(name => Series(name, curves[name].Points)).Take(MostSeries).ToList();
            if (series.Count == 0) return null;
            var isAlone = series.Count(line => names.Contains(line.Name)) == 1;
            if (isAlone && series[0] is { X.Count: >= Smoothed, Name: not MetricNames.LearningRate }) series.Insert(1, Smooth(series[0]));
            return new XElement("figure", new XElement("figcaption", title), LineChart.Of(title, "step", unit, series));
        }
    }

    private static bool IsEvaluation(string name) => name.StartsWith(MetricNames.EvaluationPrefix, StringComparison.Ordinal);

    // The ends of an interval stand in the table of evaluations.
    private static bool IsBound(string name) => name.EndsWith("_low", StringComparison.Ordinal) || name.EndsWith("_high", StringComparison.Ordinal);

    private static ChartSeries Series(string name, IReadOnlyList<(int Step, double Value)> points) =>
        new(name, [.. points.Select(point => (double)point.Step)], [.. points.Select(point => point.Value)], IsEvaluation(name) && points.Count <= MostMarks);

    // The mean of a fiftieth of the points, around each.
    private static ChartSeries Smooth(ChartSeries series)
    {
        var half = Math.Max(1, series.Y.Count / 100);
        var sums = new double[series.Y.Count + 1];
        for (var i = 0; i < series.Y.Count; i++) sums[i + 1] = sums[i] + series.Y[i];
        var means = Enumerable.Range(0, series.Y.Count).Select(i =>
        {
            var (first, end) = (Math.Max(0, i - half), Math.Min(series.Y.Count, i + half + 1));
            return (sums[end] - sums[first]) / (end - first);
        });
        return series with { Name = series.Name + ", smoothed", Y = [.. means] };
    }
}
