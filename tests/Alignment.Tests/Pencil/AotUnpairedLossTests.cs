using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class AotUnpairedLossTests
{
    [Fact]
    public void Two_pairs_computed_by_hand()
    {
        // log-ratios against a reference of 0: chosen -1 and -4, rejected -2 and -1. By rank: -4 with -2, -1 with -1.
        // So pair 0 has -1 - -1 = 0 and pair 1 has -4 - -2 = -2; β = 0.5: z = 0 and -1. The rejected -2 stands in pair 1's loss.
        using var loss = new AotUnpairedLoss { Beta = 0.5 };
        var policy = OnePair.Pairs([-1, -4], [-2, -1], [1, 1], [1, 1]);
        policy.Chosen.requires_grad_();
        policy.Rejected.requires_grad_();
        var output = loss.call(policy, OnePair.Pairs([0, 0], [0, 0], [1, 1], [1, 1]));
        output.PerPair.sum().backward();
        Near.Equal([0.6931471805599453, 1.3132616875182228], TensorAssert.Doubles(output.PerPair), 1e-14);   // ln 2, ln(1 + e^1)
        Near.Equal([-0.25, -0.36552928931500245], TensorAssert.Doubles(policy.Chosen.grad!), 1e-14);   // -0.5 σ(0), -0.5 σ(1)
        Near.Equal([0.36552928931500245, 0.25], TensorAssert.Doubles(policy.Rejected.grad!), 1e-14);   // 0.5 σ(1), 0.5 σ(0)
    }

    [Fact]
    public void Label_smoothing_weighs_the_swapped_order()
    {
        // one pair: z = 0.5 * 0.75 = 0.375: 0.8 ln(1 + e^-0.375) + 0.2 ln(1 + e^0.375)
        OnePair.Costs(new AotUnpairedLoss { Beta = 0.5, LabelSmoothing = 0.2 }, 0.5981232641398401, (-0.10366670002296513, 0.10366670002296513), (0.25, -0.125));
    }
}
