using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class ApoZeroUnpairedLossTests
{
    // Row 0, desirable: -1 - -3 = 2 nats; row 1, undesirable: -4 - -3.5 = -0.5 nats.
    private static UnpairedLogProbs Two(Tensor policy) => new(policy, tensor(new[] { -3.0, -3.5 }), tensor(new[] { true, false }));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    [Fact]
    public void Two_responses_computed_by_hand()
    {
        // β 0.4: desirable 1.5 (1 - σ(0.8)) = 1.5 * 0.3100255188723876; undesirable 0.5 σ(-0.2) = 0.5 * 0.4501660026875221
        using var loss = new ApoZeroUnpairedLoss { Beta = 0.4, DesirableWeight = 1.5, UndesirableWeight = 0.5 };
        var output = loss.call(Two(tensor(new[] { -1.0, -4.0 })));
        Near.Equal([0.4650382783085814, 0.22508300134376105], TensorAssert.Doubles(output.PerExample), 1e-14);
        Near.Equal([0.8, -0.2], TensorAssert.Doubles(output.Rewards), 1e-15);
        Assert.Equal(0, output.Kl.item<double>());
    }

    [Fact]
    public void The_gradient_pulls_desirable_responses_up_and_undesirable_ones_down()
    {
        // -λ_D β σ(0.8) σ(-0.8) and +λ_U β σ(-0.2) σ(0.2)
        using var loss = new ApoZeroUnpairedLoss { Beta = 0.4, DesirableWeight = 1.5, UndesirableWeight = 0.5 };
        var policy = tensor(new[] { -1.0, -4.0 }).requires_grad_();
        var output = loss.call(Two(policy));
        Assert.False(output.Rewards.requires_grad);
        output.PerExample.sum().backward();
        Near.Equal([-0.6 * Sigmoid(0.8) * Sigmoid(-0.8), 0.2 * Sigmoid(0.2) * Sigmoid(-0.2)], TensorAssert.Doubles(policy.grad!), 1e-15);
    }

    [Fact]
    public void Mismatched_responses_are_neither_needed_nor_read()
    {
        using var loss = new ApoZeroUnpairedLoss();
        var plain = Two(tensor(new[] { -1.0, -4.0 }));
        var withMismatched = plain with { Mismatched = new MismatchedLogProbs(zeros([1], ScalarType.Float64), ones([1], ScalarType.Float64)) };
        Assert.False(loss.NeedsMismatched);
        TensorAssert.Near(loss.call(plain).PerExample, loss.call(withMismatched).PerExample, 0);
    }

    [Fact]
    public void Settings_and_shapes_are_checked()
    {
        Assert.StartsWith("Beta must be", Assert.Throws<ArgumentOutOfRangeException>(() => new ApoZeroUnpairedLoss { Beta = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("DesirableWeight must be", Assert.Throws<ArgumentOutOfRangeException>(() => new ApoZeroUnpairedLoss { DesirableWeight = -1 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("UndesirableWeight must be", Assert.Throws<ArgumentOutOfRangeException>(() => new ApoZeroUnpairedLoss { UndesirableWeight = double.PositiveInfinity }).Message, StringComparison.Ordinal);
        using var loss = new ApoZeroUnpairedLoss();
        Assert.Equal((0.1, 1.0, 1.0), (loss.Beta, loss.DesirableWeight, loss.UndesirableWeight));
        Assert.Contains("Reference must be [3] like Policy", Assert.Throws<ArgumentException>(() => loss.call(Two(zeros([3], ScalarType.Float64)))).Message, StringComparison.Ordinal);
    }
}
