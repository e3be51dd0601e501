using Alignment.Losses;

namespace Alignment.Tests.Pencil;

public sealed class ChosenNllLossTests
{
    [Fact]
    public void A_pair_computed_by_hand()
    {
        // 1 nat over 2 tokens; logged: -1/2 and -2/4
        OnePair.Costs(new ChosenNllLoss(), 0.5, (-0.5, 0.0), (-0.5, -0.5));
    }

    [Fact]
    public void Per_token_the_mean_over_pairs_is_the_mean_over_tokens()
    {
        // 1 nat over 1 token and 6 nats over 3: 7 nats over 4 tokens = 1.75; pairs 1 / 2 and 6 / 2
        using var loss = new ChosenNllLoss { Normalization = NllNormalization.PerToken };
        var policy = OnePair.Pairs([-1, -6], [-1, -1], [1, 3], [1, 1]);
        using var perPair = loss.call(policy, policy).PerPair;
        Near.Equal([0.5, 3], TensorAssert.Doubles(perPair), 1e-14);
    }

    [Fact]
    public void Per_response_every_pair_weighs_the_same()
    {
        // 1 / 1 and 6 / 3
        using var loss = new ChosenNllLoss();
        var policy = OnePair.Pairs([-1, -6], [-1, -1], [1, 3], [1, 1]);
        using var perPair = loss.call(policy, policy).PerPair;
        Near.Equal([1, 2], TensorAssert.Doubles(perPair), 1e-14);
    }
}
