using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>
/// Odds Ratio Preference Optimization, without reference: with <c>a = log π / |y|</c> and <c>odds = e^a / (1 - e^a)</c>,
/// <c>-a_w - λ log σ(log odds_w - log odds_l)</c>: supervised loss of the chosen response plus λ times the odds-ratio loss.
/// </summary>
/// <remarks>
/// Hong et al. 2024 (arXiv 2403.07691), eq. 6 and 7. The supervised part is each response's mean over its own tokens and leaves the prompt out.
/// Rewards are <c>λ a</c>, as TRL logs them. Probabilities within one rounding step of 1 are held there: their odds stay finite.
/// </remarks>
public sealed class OrpoLoss : PairLoss
{
    /// <summary>Weight of the odds-ratio loss, the paper's λ.</summary>
    /// <value>The default is 0.1. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 0.1;

    /// <inheritdoc/>
    public override bool NeedsReference => false;

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var policy = PairInputs.Checked(input1);
        using var scope = NewDisposeScope();
        var lengths = PairInputs.Lengths(policy, nameof(OrpoLoss));
        var chosen = policy.Chosen / lengths.Chosen;         // [B] nats a token
        var rejected = policy.Rejected / lengths.Rejected;   // [B] nats a token
        var loss = -chosen - Beta * F.logsigmoid(LogOdds(chosen) - LogOdds(rejected));
        return new PairLossOutput(
            loss.MoveToOuterDisposeScope(),
            (Beta * chosen.detach()).MoveToOuterDisposeScope(),
            (Beta * rejected.detach()).MoveToOuterDisposeScope());
    }

    // a - log(1 - e^a), where 1 - e^a keeps its digits for a near 0.
    private static Tensor LogOdds(Tensor a)
    {
        var roundingStep = a.dtype == ScalarType.Float64 ? double.BitIncrement(1) - 1 : float.BitIncrement(1) - 1;
        return a - (-a.clamp_max(-roundingStep).expm1()).log();
    }
}
