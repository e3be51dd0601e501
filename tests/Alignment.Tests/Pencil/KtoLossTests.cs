using Alignment.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class KtoLossTests
{
    // Row 0, desirable: -1 - -3 = 2 nats; row 1, undesirable: -4 - -3.5 = -0.5 nats. KL = ((-2 - -3) + (-5 - -5)) / 2 = 0.5 nats.
    private static UnpairedLogProbs Two(Tensor? policy = null, MismatchedLogProbs? mismatched = null) => new(
        policy ?? tensor(new[] { -1.0, -4.0 }), tensor(new[] { -3.0, -3.5 }), tensor(new[] { true, false }),
        mismatched ?? new MismatchedLogProbs(tensor(new[] { -2.0, -5.0 }), tensor(new[] { -3.0, -5.0 })));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    [Fact]
    public void Two_responses_computed_by_hand()
    {
        // β 0.4: desirable 1.5 (1 - σ(0.4 (2 - 0.5))) = 1.5 (1 - σ(0.6)) = 1.5 * 0.3543436937742046 = 0.5315155406613069
        //        undesirable 0.5 (1 - σ(0.4 (0.5 - -0.5))) = 0.5 (1 - σ(0.4)) = 0.5 * 0.401312339887548 = 0.200656169943774
        using var loss = new KtoLoss { Beta = 0.4, DesirableWeight = 1.5, UndesirableWeight = 0.5 };
        var output = loss.call(Two());
        Near.Equal([0.5315155406613069, 0.200656169943774], TensorAssert.Doubles(output.PerExample), 1e-14);
        Near.Equal([0.8, -0.2], TensorAssert.Doubles(output.Rewards), 1e-15);
        Assert.Equal(0.5, output.Kl.item<double>());
    }

    [Fact]
    public void The_gradient_pulls_desirable_responses_up_and_undesirable_ones_down()
    {
        // d/dr λ (1 - σ(±β (r - KL))) = ∓ λ β σ (1 - σ): -1.5 * 0.4 * σ(0.6) σ(-0.6) and +0.5 * 0.4 * σ(0.4) σ(-0.4)
        using var loss = new KtoLoss { Beta = 0.4, DesirableWeight = 1.5, UndesirableWeight = 0.5 };
        var policy = tensor(new[] { -1.0, -4.0 }).requires_grad_();
        loss.call(Two(policy)).PerExample.sum().backward();
        Near.Equal([-0.6 * Sigmoid(0.6) * Sigmoid(-0.6), 0.2 * Sigmoid(0.4) * Sigmoid(-0.4)], TensorAssert.Doubles(policy.grad!), 1e-15);
    }

    [Fact]
    public void No_gradient_flows_through_the_estimate_of_KL_or_the_rewards()
    {
        using var loss = new KtoLoss();
        var mismatched = new MismatchedLogProbs(tensor(new[] { -2.0, -5.0 }).requires_grad_(), tensor(new[] { -3.0, -5.0 }));
        var output = loss.call(Two(tensor(new[] { -1.0, -4.0 }).requires_grad_(), mismatched));
        Assert.False(output.Kl.requires_grad);
        Assert.False(output.Rewards.requires_grad);
        output.PerExample.sum().backward();
        Assert.Null(mismatched.Policy.grad);
    }

    [Fact]
    public void A_negative_estimate_of_KL_counts_as_0()
    {
        // (-9 - -3) = -6 -> 0; β 0.1, r = 2: 1 - σ(0.2)
        using var loss = new KtoLoss();
        var output = loss.call(Two(mismatched: new MismatchedLogProbs(tensor(new[] { -9.0 }), tensor(new[] { -3.0 }))));
        Assert.Equal(0, output.Kl.item<double>());
        Near.Equal(1 - Sigmoid(0.2), output.PerExample[0].item<double>(), 1e-15);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_policy_equal_to_its_reference_costs_half_the_weight_in_a_batch_of_one_class(bool desirable)
    {
        // KL = 0 and r = 0: λ (1 - σ(0)) = λ / 2
        using var loss = new KtoLoss { DesirableWeight = 1.5, UndesirableWeight = 0.5 };
        var same = tensor(new[] { -3.0, -7.0 });
        var output = loss.call(new UnpairedLogProbs(same, same, tensor(new[] { desirable, desirable }), new MismatchedLogProbs(same, same)));
        Near.Equal(desirable ? [0.75, 0.75] : [0.25, 0.25], TensorAssert.Doubles(output.PerExample), 1e-15);
    }

    [Fact]
    public void Defaults_are_those_of_the_field()
    {
        using var loss = new KtoLoss();
        Assert.Equal((0.1, 1.0, 1.0, true), (loss.Beta, loss.DesirableWeight, loss.UndesirableWeight, loss.NeedsMismatched));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Beta_must_be_positive_and_finite(double beta)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new KtoLoss { Beta = beta });
        Assert.StartsWith("Beta must be a finite number greater than 0. (Parameter 'Beta')", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_must_be_finite_and_not_negative()
    {
        Assert.StartsWith("DesirableWeight must be a finite number, 0 or greater.", Assert.Throws<ArgumentOutOfRangeException>(() => new KtoLoss { DesirableWeight = -0.1 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("UndesirableWeight must be a finite number, 0 or greater.", Assert.Throws<ArgumentOutOfRangeException>(() => new KtoLoss { UndesirableWeight = double.NaN }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_and_types_are_checked_before_any_native_call()
    {
        using var loss = new KtoLoss();
        var (two, mask, mismatched) = (zeros(2), tensor(new[] { true, false }), new MismatchedLogProbs(zeros(3), zeros(3)));
        Refused("Policy must be [B] with at least one response", new(zeros(0), zeros(0), zeros(0, dtype: ScalarType.Bool), mismatched));
        Refused("Policy must be [B]", new(zeros(2, 1), two, mask, mismatched));
        Refused("Policy must be of a floating-point type", new(zeros(2, dtype: ScalarType.Int64), two, mask, mismatched));
        Refused("Reference must be [2] like Policy", new(two, zeros(3), mask, mismatched));
        Refused("Reference must be [2] like Policy", new(two, zeros(2, 1), mask, mismatched)); // would spread to [2, 2]
        Refused("Reference must have the type and device of Policy", new(two, zeros(2, dtype: ScalarType.Float64), mask, mismatched));
        Refused("Desirable must be [2] like Policy", new(two, two, zeros(3, dtype: ScalarType.Bool), mismatched));
        Refused("Desirable must be [2] like Policy", new(two, two, zeros([2, 1], ScalarType.Bool), mismatched));
        Refused("Desirable must be bool", new(two, two, zeros(2), mismatched));
        Refused("Mismatched must hold", new(two, two, mask));
        Refused("Mismatched.Policy must be [K] with at least one response", new(two, two, mask, new(zeros(0), zeros(0))));
        Refused("Mismatched.Reference must be [3] like Mismatched.Policy", new(two, two, mask, new(zeros(3), zeros(2))));
        Refused("Mismatched.Policy must have the type and device of Policy", new(two, two, mask, new(zeros(3, dtype: ScalarType.Float64), zeros(3, dtype: ScalarType.Float64))));

        void Refused(string message, UnpairedLogProbs input) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => loss.call(input)).Message, StringComparison.Ordinal);
    }
}
