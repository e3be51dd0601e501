using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class DpoLossTests
{
    private static PairLogProbs Pair(double chosen, double rejected) => new(tensor(new[] { chosen }), tensor(new[] { rejected }));

    [Fact]
    public void A_pair_computed_by_hand()
    {
        // chosen -1.0 - -1.5 = 0.5; rejected -2.0 - -1.75 = -0.25; z = 0.5 * 0.75 = 0.375; loss = ln(1 + e^-0.375) = 0.5231306757
        using var loss = new DpoLoss { Beta = 0.5 };
        var output = loss.call(Pair(-1.0, -2.0), Pair(-1.5, -1.75));
        Near.Equal(Math.Log(1 + Math.Exp(-0.375)), output.PerPair.item<double>(), 1e-15);
        Near.Equal(0.25, output.ChosenRewards.item<double>(), 1e-15);
        Near.Equal(-0.125, output.RejectedRewards.item<double>(), 1e-15);
    }

    [Fact]
    public void The_gradient_is_minus_beta_times_the_chance_of_being_wrong()
    {
        // d/dz -ln σ(z) = -σ(-z); z = 0.375: σ(-0.375) = 1 / (1 + e^0.375) = 0.4073; times β = 0.5
        using var loss = new DpoLoss { Beta = 0.5 };
        var policy = Pair(-1.0, -2.0);
        policy.Chosen.requires_grad_();
        policy.Rejected.requires_grad_();
        loss.call(policy, Pair(-1.5, -1.75)).PerPair.sum().backward();
        var expected = -0.5 / (1 + Math.Exp(0.375));
        Near.Equal(expected, policy.Chosen.grad!.item<double>(), 1e-15);
        Near.Equal(-expected, policy.Rejected.grad!.item<double>(), 1e-15);
    }

    [Fact]
    public void Label_smoothing_weighs_the_swapped_pair()
    {
        // z = 0.375, ε = 0.2: 0.8 ln(1 + e^-0.375) + 0.2 ln(1 + e^0.375)
        using var loss = new DpoLoss { Beta = 0.5, LabelSmoothing = 0.2 };
        var expected = 0.8 * Math.Log(1 + Math.Exp(-0.375)) + 0.2 * Math.Log(1 + Math.Exp(0.375));
        Near.Equal(expected, loss.call(Pair(-1.0, -2.0), Pair(-1.5, -1.75)).PerPair.item<double>(), 1e-15);
    }

    [Fact]
    public void A_policy_equal_to_its_reference_costs_ln_2()
    {
        using var loss = new DpoLoss();
        var output = loss.call(Pair(-3, -5), Pair(-3, -5));
        Near.Equal(Math.Log(2), output.PerPair.item<double>(), 1e-15);
        Assert.Equal(0, output.ChosenRewards.item<double>());
    }

    [Theory]
    [InlineData(1e4, 0)]
    [InlineData(-1e4, 1e3)]
    public void Huge_log_ratios_stay_finite_in_float32(float ratio, float expected)
    {
        // β 0.1: loss -> 0 or -> -z = 1000
        using var loss = new DpoLoss();
        var policy = new PairLogProbs(tensor(new[] { ratio }).requires_grad_(), zeros(1));
        var output = loss.call(policy, new PairLogProbs(zeros(1), zeros(1)));
        output.PerPair.sum().backward();
        Assert.Equal(expected, output.PerPair.item<float>());
        Assert.True(float.IsFinite(policy.Chosen.grad!.item<float>()));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Beta_must_be_positive_and_finite(double beta)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new DpoLoss { Beta = beta });
        Assert.StartsWith("Beta must be a finite number greater than 0. (Parameter 'Beta')", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Label_smoothing_must_be_below_a_half()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new DpoLoss { LabelSmoothing = 0.5 });
        Assert.StartsWith("LabelSmoothing must be at least 0 and below 0.5.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_and_types_are_checked_before_any_native_call()
    {
        using var loss = new DpoLoss();
        var two = new PairLogProbs(zeros(2), zeros(2));
        Assert.Contains("reference.Chosen must be [2]", Assert.Throws<ArgumentException>(() => loss.call(two, new PairLogProbs(zeros(3), zeros(2)))).Message, StringComparison.Ordinal);
        Assert.Contains("policy.Rejected must be [2]", Assert.Throws<ArgumentException>(() => loss.call(new PairLogProbs(zeros(2), zeros(2, 1)), two)).Message, StringComparison.Ordinal);
        Assert.Contains("must have the type and device", Assert.Throws<ArgumentException>(() => loss.call(two, new PairLogProbs(zeros([2], ScalarType.Float64), zeros(2)))).Message, StringComparison.Ordinal);
        Assert.Contains("at least one pair", Assert.Throws<ArgumentException>(() => loss.call(new PairLogProbs(zeros(0), zeros(0)), two)).Message, StringComparison.Ordinal);
    }
}
