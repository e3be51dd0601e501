using Alignment.Training;

namespace Alignment.Evaluation;

/// <summary>Numbers of an evaluation on text.</summary>
internal static class TextMetrics
{
    public static IReadOnlyList<Metric> Of(IReadOnlyList<TextOutcome> rows)
    {
        var loss = Loss(rows);
        return
        [
            new("eval/loss", loss),
            new("eval/perplexity", Math.Exp(loss)),
            new("eval/length", rows.Average(row => row.Tokens)),
            .. BySource.Of(rows, row => row.Source, own => [new("loss", Loss(own))]),
        ];
    }

    // Every token weighs the same.
    private static double Loss(IReadOnlyList<TextOutcome> rows) => rows.Sum(row => row.NegativeLogLikelihood) / rows.Sum(row => (double)row.Tokens);
}
