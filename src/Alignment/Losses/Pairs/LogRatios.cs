using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary><c>log π - log ref</c> of both responses of each pair, <c>[B]</c> nats: what pair losses with a reference start from.</summary>
internal readonly record struct LogRatios(Tensor Chosen, Tensor Rejected)
{
    public static LogRatios Of(PairLogProbs policy, PairLogProbs reference) =>
        new(policy.Chosen - reference.Chosen, policy.Rejected - reference.Rejected);

    /// <summary>What a divergence makes of both ratios, <c>[B]</c> each.</summary>
    public (Tensor Chosen, Tensor Rejected) Scores(FDivergence divergence) => (divergence.Score(Chosen), divergence.Score(Rejected));

    /// <summary>Score of the chosen response minus score of the rejected one, <c>[B]</c>; nats for the reverse KL.</summary>
    public Tensor Margin(FDivergence divergence) => divergence.Score(Chosen) - divergence.Score(Rejected);

    /// <summary>Loss and rewards <c>β (log π - log ref)</c>, moved out of the innermost scope.</summary>
    public PairLossOutput Output(Tensor perPair, double beta) => new(
        perPair.MoveToOuterDisposeScope(),
        (beta * Chosen.detach()).MoveToOuterDisposeScope(),
        (beta * Rejected.detach()).MoveToOuterDisposeScope());
}
