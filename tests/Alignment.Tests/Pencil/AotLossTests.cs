using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class AotLossTests
{
    [Fact]
    public void Two_pairs_computed_by_hand()
    {
        // margins of the policy: -1 - -2 = 1 and -4 - -1 = -3; of the reference: -2 - -1 = -1 and -1 - -3 = 2.
        // By rank: -3 with -1, 1 with 2. So pair 0 has 1 - 2 = -1 and pair 1 has -3 - -1 = -2; β = 0.5: z = -0.5 and -1.
        using var loss = new AotLoss { Beta = 0.5 };
        var policy = OnePair.Pairs([-1, -4], [-2, -1], [1, 1], [1, 1]);
        policy.Chosen.requires_grad_();
        policy.Rejected.requires_grad_();
        var output = loss.call(policy, OnePair.Pairs([-2, -1], [-1, -3], [1, 1], [1, 1]));
        output.PerPair.sum().backward();
        Near.Equal([0.9740769841801067, 1.3132616875182228], TensorAssert.Doubles(output.PerPair), 1e-14);   // ln(1 + e^0.5), ln(1 + e^1)
        Near.Equal([-0.3112296656009273, -0.36552928931500245], TensorAssert.Doubles(policy.Chosen.grad!), 1e-14);   // -0.5 σ(0.5), -0.5 σ(1)
        Near.Equal([0.3112296656009273, 0.36552928931500245], TensorAssert.Doubles(policy.Rejected.grad!), 1e-14);
        Near.Equal([0.5, -1.5], TensorAssert.Doubles(output.ChosenRewards), 1e-14);   // 0.5 (-1 - -2), 0.5 (-4 - -1): each pair's own
        Near.Equal([-0.5, 1], TensorAssert.Doubles(output.RejectedRewards), 1e-14);
    }

    [Fact]
    public void Label_smoothing_weighs_the_swapped_order()
    {
        // one pair: h = 1, g = 0.25, z = 0.5 * 0.75 = 0.375: 0.8 ln(1 + e^-0.375) + 0.2 ln(1 + e^0.375)
        OnePair.Costs(new AotLoss { Beta = 0.5, LabelSmoothing = 0.2 }, 0.5981232641398401, (-0.10366670002296513, 0.10366670002296513), (0.25, -0.125));
    }
}
