using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Binary Classifier Optimization on pairs: with rewards <c>r = β (log π - log ref)</c>, <c>-log σ(r_w) - log σ(-r_l)</c>: an upper bound of the
/// DPO loss that takes each response by itself.
/// </summary>
/// <remarks>Jung et al. 2024 (arXiv 2404.04656), with reward shift δ = 0, the part of Mixed Preference Optimization that judges single responses.</remarks>
public sealed class BcoLoss : PairLoss
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
        var loss = -F.logsigmoid(Beta * chosen) - F.logsigmoid(-Beta * rejected);
        return ratios.Output(loss, Beta);
    }
}
