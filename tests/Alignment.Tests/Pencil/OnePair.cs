using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

/// <summary>
/// One pair in float64: policy -1 and -2, reference -1.5 and -1.75, 2 and 4 tokens. So log-ratios are r_w = 0.5, r_l = -0.25, their
/// difference 0.75; per token 0.25, -0.0625 and 0.3125.
/// </summary>
internal static class OnePair
{
    public static PairLogProbs Policy(double chosen = -1, double rejected = -2) => Pairs([chosen], [rejected], [2], [4]);

    public static PairLogProbs Reference(double chosen = -1.5, double rejected = -1.75) => Pairs([chosen], [rejected], [2], [4]);

    public static PairLogProbs Pairs(double[] chosen, double[] rejected, double[] chosenLengths, double[] rejectedLengths) =>
        new(tensor(chosen), tensor(rejected)) { ChosenLengths = tensor(chosenLengths), RejectedLengths = tensor(rejectedLengths) };

    /// <summary>Holds a loss on the pair against five numbers.</summary>
    /// <param name="loss">The loss; disposed here.</param>
    /// <param name="perPair">Its value.</param>
    /// <param name="gradients">Its derivatives in log π of the chosen and of the rejected response.</param>
    /// <param name="rewards">Implicit rewards of the chosen and of the rejected response.</param>
    /// <param name="policy">Another policy than the usual one.</param>
    public static void Costs(PairLoss loss, double perPair, (double Chosen, double Rejected) gradients, (double Chosen, double Rejected) rewards, PairLogProbs? policy = null)
    {
        using var scope = NewDisposeScope();
        using var module = loss;
        policy ??= Policy();
        policy.Chosen.requires_grad_();
        policy.Rejected.requires_grad_();
        var output = loss.call(policy, Reference());
        output.PerPair.sum().backward();
        Near.Equal(perPair, output.PerPair.item<double>(), 1e-14);
        Near.Equal(gradients.Chosen, policy.Chosen.grad?.item<double>() ?? 0, 1e-14);
        Near.Equal(gradients.Rejected, policy.Rejected.grad?.item<double>() ?? 0, 1e-14);
        Near.Equal(rewards.Chosen, output.ChosenRewards.item<double>(), 1e-14);
        Near.Equal(rewards.Rejected, output.RejectedRewards.item<double>(), 1e-14);
        Assert.False(output.ChosenRewards.requires_grad);
        Assert.False(output.RejectedRewards.requires_grad);
    }
}
