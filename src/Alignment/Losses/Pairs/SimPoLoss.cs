using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Losses;

/// <summary>Simple Preference Optimization, without reference: <c>-log σ(β log π_w / |y_w| - β log π_l / |y_l| - γ)</c>.</summary>
/// <remarks>Meng et al. 2024 (arXiv 2405.14734), eq. 6. Rewards are the paper's (eq. 4): <c>β log π / |y|</c>, β times the mean log-probability of a token.</remarks>
public sealed class SimPoLoss : PairLoss
{
    /// <summary>Scale of the rewards, per nat a token.</summary>
    /// <value>The default is 2, as in the paper. Finite and greater than 0.</value>
    public double Beta { get; init => field = Ensure.Positive(value); } = 2;

    /// <summary>By how much the chosen reward is to exceed the other.</summary>
    /// <value>The default is 0.5. Finite and at least 0; the paper uses 0.3 to 1.6.</value>
    public double Gamma { get; init => field = Ensure.NotNegative(value); } = 0.5;

    /// <inheritdoc/>
    public override bool NeedsReference => false;

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        var policy = PairInputs.Checked(input1);
        using var scope = NewDisposeScope();
        var lengths = PairInputs.Lengths(policy, nameof(SimPoLoss));
        var chosen = Beta * (policy.Chosen / lengths.Chosen);         // [B] rewards
        var rejected = Beta * (policy.Rejected / lengths.Rejected);   // [B] rewards
        var loss = -F.logsigmoid(chosen - rejected - Gamma);
        return new PairLossOutput(
            loss.MoveToOuterDisposeScope(),
            chosen.detach().MoveToOuterDisposeScope(),
            rejected.detach().MoveToOuterDisposeScope());
    }
}
