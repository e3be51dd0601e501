using Alignment.Evaluation;
using Alignment.Feedback;

namespace Alignment.Samples;

/// <summary>A rate before and after, and by how much it changed on the same prompts.</summary>
internal sealed record RateChange(Proportion Before, Proportion After, Estimate Change)
{
    public static RateChange Of(RubricReport before, RubricReport after, string question) =>
        new(before.Rate(question), after.Rate(question), after.Difference(before, question));

    public static RateChange Of(IReadOnlyList<bool> before, IReadOnlyList<bool> after) =>
        new(Share(before), Share(after), Bootstrap.Difference(Numbers(after), Numbers(before)));

    public string[] Row(string name) =>
    [
        name, Text(Before), Text(After),
        FormattableString.Invariant($"{100 * Change.Value:+0.0;-0.0;0} points, {100 * Change.Low:+0.0;-0.0;0} to {100 * Change.High:+0.0;-0.0;0}"),
    ];

    private static Proportion Share(IReadOnlyList<bool> rows) => new(rows.Count(row => row), rows.Count);

    private static double[] Numbers(IReadOnlyList<bool> rows) => [.. rows.Select(row => row ? 1.0 : 0)];

    private static string Text(Proportion rate) => FormattableString.Invariant(
        $"{100 * rate.Value:F1} % of {rate.Trials}, {100 * rate.Interval.Low:F1} to {100 * rate.Interval.High:F1}");
}
