using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Alignment via Optimal Transport on pairs: <c>-log σ(β [h - g])</c>, where <c>h = log π_w - log π_l</c> of a pair is held against the
/// <c>g = log ref_w - log ref_l</c> that has the same rank in the batch.
/// Sorting couples the pairs of a batch: the loss of a pair depends on the others, and on how a step is cut into batches.
/// </summary>
/// <remarks>
/// Melnyk et al. 2024 (arXiv 2406.05882), the paired form: the distribution of margins is to dominate the reference's, pair by pair in order
/// of size. The loss of a rank is given to the pair that holds it under the policy. Rewards are those of the pair itself.
/// </remarks>
public sealed class AotLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Probability that a label is the wrong way round.</summary>
    /// <value>The default is 0. At least 0 and below 0.5.</value>
    public double LabelSmoothing { get; init => field = Ensure.AtLeastZeroBelow(value, 0.5); }

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var (policy, reference) = PairInputs.Checked(input1, input2);
        using var scope = NewDisposeScope();
        var ratios = LogRatios.Of(policy, reference);   // [B] nats
        var margin = policy.Chosen - policy.Rejected;                                          // [B] nats
        var matched = Ranks.Matched(margin, reference.Chosen - reference.Rejected);            // [B] nats, in the order of margin
        var z = Beta * (margin - matched);
        var loss = -(1 - LabelSmoothing) * F.logsigmoid(z) - LabelSmoothing * F.logsigmoid(-z);
        return ratios.Output(loss, Beta);
    }
}
