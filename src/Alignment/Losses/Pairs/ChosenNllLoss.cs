using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Supervised loss of the chosen response, without reference: <c>-log π_w / |y_w|</c>. A part of RPO and of weighted sums.</summary>
/// <remarks>
/// Pang et al. 2024 (arXiv 2404.19733), first term of eq. 1, over the response tokens. There is no implicit reward: what is logged is the mean
/// log-probability of a token, <c>log π / |y|</c>.
/// </remarks>
public sealed class ChosenNllLoss : PairLoss
{
    /// <summary>Whether each response is divided by its own length or all by the batch's mean length.</summary>
    /// <value>The default is <see cref="NllNormalization.PerResponse"/>.</value>
    public NllNormalization Normalization { get; init => field = Ensure.Defined(value); } = NllNormalization.PerResponse;

    /// <inheritdoc/>
    public override bool NeedsReference => false;

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var policy = PairInputs.Checked(input1);
        using var scope = NewDisposeScope();
        var lengths = PairInputs.Lengths(policy, nameof(ChosenNllLoss));
        var divisor = Normalization == NllNormalization.PerToken ? lengths.Chosen.mean() : lengths.Chosen;
        return new PairLossOutput(
            (-policy.Chosen / divisor).MoveToOuterDisposeScope(),
            (policy.Chosen.detach() / lengths.Chosen).MoveToOuterDisposeScope(),
            (policy.Rejected.detach() / lengths.Rejected).MoveToOuterDisposeScope());
    }
}
