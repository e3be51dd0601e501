using Alignment.Evaluation;

namespace Alignment.Samples;

/// <summary>What a model answered to the held-out prompts, and what was found in it.</summary>
/// <param name="Name">Which model.</param>
/// <param name="Rows">Its answers, in the order of the prompts.</param>
/// <param name="Divergence">Mean log-ratio of the answers to the fine-tuned model, in nats an answer: its KL divergence, estimated on its own answers.</param>
internal sealed record ExamPaper(string Name, IReadOnlyList<ExamRow> Rows, double Divergence)
{
    /// <summary>Mean margin of implicit rewards on the experts' held-out pairs; null where there was no preference training.</summary>
    public double? Margin { get; init; }

    /// <summary>How many of the experts' held-out pairs are ranked right.</summary>
    public Proportion? Accuracy { get; init; }

    /// <summary>The same on those pairs alone in which the checks find nothing to tell the answers apart by.</summary>
    public Proportion? UnseenAccuracy { get; init; }

    /// <summary>1 for each answer without a fault, else 0.</summary>
    public IReadOnlyList<double> Passes => [.. Rows.Select(row => row.Review.PassesAll ? 1.0 : 0)];
}
