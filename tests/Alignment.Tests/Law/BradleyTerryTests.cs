using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

public sealed class BradleyTerryTests
{
    private static readonly double[] Chosen = [1.2, -0.4, 3.3, 0], Rejected = [0.7, 0.9, -2.1, 0], Margin = [0.5, 0, -0.25, 1];

    private static PairRewards Rewards(double[] chosen, double[] rejected, double[]? margin = null) =>
        new(tensor(chosen), tensor(rejected), margin is null ? null : tensor(margin));

    [Fact]
    public void Swapping_chosen_and_rejected_negates_the_margin()
    {
        // -ln σ(d) + ln σ(-d) = -d
        using var scope = NewDisposeScope();
        using var loss = new BradleyTerryLoss();
        var (straight, swapped) = (loss.call(Rewards(Chosen, Rejected)), loss.call(Rewards(Rejected, Chosen)));
        TensorAssert.Near(-straight.Margins, swapped.Margins, 0);
        TensorAssert.Near(-straight.Margins, straight.PerPair - swapped.PerPair, 1e-14);
    }

    [Fact]
    public void A_constant_added_to_all_rewards_changes_nothing_without_centering()
    {
        using var scope = NewDisposeScope();
        using var loss = new BradleyTerryLoss();
        using var centred = new BradleyTerryLoss { CenterRewardsCoefficient = 0.01 };
        var (here, there) = (Rewards(Chosen, Rejected, Margin), Rewards([.. Chosen.Select(r => r + 17)], [.. Rejected.Select(r => r + 17)], Margin));
        TensorAssert.Near(loss.call(here).PerPair, loss.call(there).PerPair, 1e-14);
        Assert.True((centred.call(there).PerPair - centred.call(here).PerPair).min().item<double>() > 1);
    }

    [Fact]
    public void Permuting_a_batch_permutes_the_result()
    {
        using var scope = NewDisposeScope();
        using var loss = new BradleyTerryLoss { CenterRewardsCoefficient = 0.1 };
        int[] order = [2, 0, 3, 1];
        var straight = TensorAssert.Doubles(loss.call(Rewards(Chosen, Rejected, Margin)).PerPair);
        var permuted = loss.call(Rewards([.. order.Select(i => Chosen[i])], [.. order.Select(i => Rejected[i])], [.. order.Select(i => Margin[i])]));
        Near.Equal([.. order.Select(i => straight[i])], TensorAssert.Doubles(permuted.PerPair), 1e-15);
    }

    [Fact]
    public void Gradients_are_those_of_small_steps()
    {
        using var loss = new BradleyTerryLoss { CenterRewardsCoefficient = 0.1 };
        var weights = tensor(new[] { 1.0, -2, 3, 0.5 });
        CentralDifferences.Agree(chosen => (loss.call(new PairRewards(chosen, tensor(Rejected), tensor(Margin))).PerPair * weights).sum(), Chosen);
        CentralDifferences.Agree(rejected => (loss.call(new PairRewards(tensor(Chosen), rejected, tensor(Margin))).PerPair * weights).sum(), Rejected);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Huge_rewards_reach_their_limits(ScalarType type)
    {
        // -ln σ(2e4) = 0 with slope 0; -ln σ(-2e4) = 2e4 with slope 1; c + r = 0, so centering adds nothing.
        using var scope = NewDisposeScope();
        using var loss = new BradleyTerryLoss { CenterRewardsCoefficient = 0.01 };
        var chosen = tensor(new[] { 1e4, -1e4 }).to(type).requires_grad_();
        var output = loss.call(new PairRewards(chosen, tensor(new[] { -1e4, 1e4 }).to(type)));
        output.PerPair.sum().backward();
        Assert.Equal([0, 2e4], TensorAssert.Doubles(output.PerPair).Select(Math.Abs));
        Assert.Equal([0, -1], TensorAssert.Doubles(chosen.grad!).Select(g => g == 0 ? 0 : g));
    }
}
