using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Alignment via Optimal Transport on unpaired responses: <c>-log σ(β [r_w - r_l])</c> with <c>r = log π - log ref</c>, where each chosen response
/// is held against the rejected one whose <c>r</c> has the same rank in the batch.
/// Sorting couples the pairs of a batch: the loss of a pair depends on the others, and on how a step is cut into batches.
/// </summary>
/// <remarks>
/// Melnyk et al. 2024 (arXiv 2406.05882), the unpaired form: rewards of chosen responses are to dominate those of rejected ones as distributions.
/// The loss of a rank is given to the pair whose chosen response holds it.
/// </remarks>
public sealed class AotUnpairedLoss : PairLoss
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
        var z = Beta * (ratios.Chosen - Ranks.Matched(ratios.Chosen, ratios.Rejected));
        var loss = -(1 - LabelSmoothing) * F.logsigmoid(z) - LabelSmoothing * F.logsigmoid(-z);
        return ratios.Output(loss, Beta);
    }
}
