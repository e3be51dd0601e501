using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>DPO per token: <c>-log σ(β [r_w / |y_w| - r_l / |y_l|])</c> with <c>r = log π - log ref</c> and |y| the number of response tokens.</summary>
/// <remarks>
/// The length-normalised DPO of Tülu 3 (Lambert et al. 2024, arXiv 2411.15124), after SimPO; TRL's <c>sigmoid_norm</c>. β is larger than
/// in DPO (5 in the paper). Rewards are <c>β r</c> of whole responses.
/// </remarks>
public sealed class LengthNormalizedDpoLoss : PairLoss
{
    /// <summary>Strength of the pull towards the reference, per nat a token.</summary>
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
        var lengths = PairInputs.Lengths(policy, nameof(LengthNormalizedDpoLoss));
        var ratios = LogRatios.Of(policy, reference);   // [B] nats
        var (chosen, rejected) = ratios.Scores(Divergence);
        var loss = -F.logsigmoid(Beta * (chosen / lengths.Chosen - rejected / lengths.Rejected));
        return ratios.Output(loss, Beta);
    }
}
