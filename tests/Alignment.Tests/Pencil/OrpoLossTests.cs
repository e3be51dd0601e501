using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class OrpoLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // policy -1 and -3: a_w = -1/2, a_l = -3/4; odds e^-0.5 / (1 - e^-0.5) = 1.541494 and e^-0.75 / (1 - e^-0.75) = 0.895233
        // log odds ratio = ln(1.541494 / 0.895233) = 0.5433987; loss = 0.5 + 0.2 ln(1 + e^-0.5433987)
        // d log odds / da = 1 / (1 - e^a); d/da_w = -1 - 0.2 σ(-ratio) / (1 - e^-0.5), halved by the 2 tokens; likewise 0.2 σ(-ratio) / (1 - e^-0.75) / 4
        OnePair.Costs(new OrpoLoss { Beta = 0.2 }, 0.5915825466626654, (-0.5933738117417878, 0.034815582955381286), (-0.1, -0.15000000000000002), OnePair.Policy(-1, -3));
    }

    [Fact]
    public void Certain_responses_keep_a_finite_loss_and_gradient()
    {
        // Both probabilities are 1: equal odds, loss 0 + 0.1 ln 2
        using var loss = new OrpoLoss();
        var policy = OnePair.Policy(0, 0);
        policy.Chosen.requires_grad_();
        var output = loss.call(policy, OnePair.Reference());
        output.PerPair.sum().backward();
        Near.Equal(0.1 * Math.Log(2), output.PerPair.item<double>(), 1e-14);
        Assert.True(double.IsFinite(policy.Chosen.grad!.item<double>()));
    }
}
