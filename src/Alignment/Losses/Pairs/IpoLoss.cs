using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Identity Preference Optimization: <c>(h - 1 / (2β))²</c> with <c>h = r_w - r_l</c> and <c>r = log π - log ref</c>, per token or summed.</summary>
/// <remarks>Azar et al. 2023 (arXiv 2310.12036), eq. 17, whose τ is β here. Rewards are <c>β r</c> of whole responses in both forms.</remarks>
public sealed class IpoLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference: the margin wanted is <c>1 / (2β)</c> nats.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <summary>Whether log-ratios are taken per token or summed.</summary>
    /// <value>The default is <see cref="IpoNormalization.PerToken"/>.</value>
    public IpoNormalization Normalization { get; init => field = Ensure.Defined(value); } = IpoNormalization.PerToken;

    /// <summary>The divergence from the reference.</summary>
    /// <value>The default is <see cref="ReverseKl"/>.</value>
    public FDivergence Divergence { get; init => field = Ensure.NotNull(value); } = new ReverseKl();

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var (policy, reference) = PairInputs.Checked(input1, input2);
        using var scope = NewDisposeScope();
        var ratios = LogRatios.Of(policy, reference);   // [B] nats
        var (chosen, rejected) = ratios.Scores(Divergence);
        if (Normalization == IpoNormalization.PerToken)
        {
            var lengths = PairInputs.Lengths(policy, nameof(IpoLoss));
            (chosen, rejected) = (chosen / lengths.Chosen, rejected / lengths.Rejected);
        }
        return ratios.Output(Saturation.Square(chosen - rejected - 1 / (2 * Beta)), Beta);
    }
}
