using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Noise Contrastive Alignment on pairs: with rewards <c>r = β (log π - log ref)</c>, <c>-log σ(r_w) - ½ log σ(-r_w) - ½ log σ(-r_l)</c>. Keeps the
/// chosen response from losing probability.
/// </summary>
/// <remarks>Chen et al. 2024 (arXiv 2402.05369), with K = 2 and all of the preference on the chosen response.</remarks>
public sealed class NcaLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

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
        var loss = -F.logsigmoid(Beta * chosen) - 0.5 * F.logsigmoid(-Beta * chosen) - 0.5 * F.logsigmoid(-Beta * rejected);
        return ratios.Output(loss, Beta);
    }
}
