using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class BradleyTerryLossTests
{
    private static PairRewards Rewards(Tensor? margin = null) => new(tensor(new[] { 1.5, -0.5 }), tensor(new[] { 0.5, 0.25 }), margin);

    [Fact]
    public void Two_pairs_computed_by_hand()
    {
        // c - r = 1 and -0.75: ln(1 + e^-1) = 0.31326168751822286; ln(1 + e^0.75) = 1.1368710061148999
        using var loss = new BradleyTerryLoss();
        var output = loss.call(Rewards());
        Near.Equal([0.31326168751822286, 1.1368710061148999], TensorAssert.Doubles(output.PerPair), 1e-15);
        Assert.Equal([1.0, -0.75], TensorAssert.Doubles(output.Margins));
    }

    [Fact]
    public void A_margin_raises_the_bar_and_centering_pulls_the_sum_to_0()
    {
        // c - r - m = 1 - 0.5 = 0.5 and -0.75 - 0.25 = -1; (c + r)² = 4 and 0.0625, times 0.1
        using var loss = new BradleyTerryLoss { CenterRewardsCoefficient = 0.1 };
        var output = loss.call(Rewards(tensor(new[] { 0.5, 0.25 })));
        Near.Equal([Math.Log(1 + Math.Exp(-0.5)) + 0.4, Math.Log(1 + Math.E) + 0.00625], TensorAssert.Doubles(output.PerPair), 1e-15);
        Assert.Equal([1.0, -0.75], TensorAssert.Doubles(output.Margins));
    }

    [Fact]
    public void Gradients_by_hand()
    {
        // First pair: ∂/∂c = -σ(-0.5) + 2 * 0.1 * 2, ∂/∂r = +σ(-0.5) + 2 * 0.1 * 2; σ(-0.5) = 1 / (1 + e^0.5)
        using var loss = new BradleyTerryLoss { CenterRewardsCoefficient = 0.1 };
        var rewards = Rewards(tensor(new[] { 0.5, 0.25 }));
        rewards.Chosen.requires_grad_();
        rewards.Rejected.requires_grad_();
        var output = loss.call(rewards);
        Assert.False(output.Margins.requires_grad);
        output.PerPair[0].backward();
        var wrong = 1 / (1 + Math.Exp(0.5));
        Near.Equal([-wrong + 0.4, 0], TensorAssert.Doubles(rewards.Chosen.grad!), 1e-15);
        Near.Equal([wrong + 0.4, 0], TensorAssert.Doubles(rewards.Rejected.grad!), 1e-15);
    }

    [Fact]
    public void Accuracy_is_the_share_of_strict_wins()
    {
        // a win, a tie, a loss, a win: 2 of 4
        using var loss = new BradleyTerryLoss();
        Assert.Equal(0.5, loss.call(new PairRewards(tensor(new[] { 2f, 1f, 0f, 1e-6f }), tensor(new[] { 1f, 1f, 3f, 0f }))).Accuracy());
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void The_coefficient_must_be_finite_and_not_negative(double coefficient)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new BradleyTerryLoss { CenterRewardsCoefficient = coefficient });
        Assert.StartsWith("CenterRewardsCoefficient must be a finite number, 0 or greater.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_and_types_are_checked_before_any_native_call()
    {
        using var loss = new BradleyTerryLoss();
        Refused("Chosen must be [B] with at least one pair", new(zeros(0), zeros(0)));
        Refused("Chosen must be [B]", new(zeros(2, 1), zeros(2, 1)));
        Refused("Rejected must be [2] like Chosen", new(zeros(2), zeros(3)));
        Refused("Rejected must be [2] like Chosen", new(zeros(2), zeros(2, 1))); // would spread to [2, 2]
        Refused("Rejected must have the type and device of Chosen", new(zeros(2), zeros(2, dtype: ScalarType.Float64)));
        Refused("Margin must be [2] like Chosen", new(zeros(2), zeros(2), zeros(1)));

        void Refused(string message, PairRewards input) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => loss.call(input)).Message, StringComparison.Ordinal);
    }
}
