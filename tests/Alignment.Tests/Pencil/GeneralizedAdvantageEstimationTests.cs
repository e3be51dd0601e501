using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class GeneralizedAdvantageEstimationTests
{
    [Fact]
    public void Two_responses_computed_by_hand()
    {
        // γ = 0.5, λ = 0.5, γλ = 0.25. First: r = (1, 2), V = (0.5, 1). δ_1 = 2 - 1 = 1; δ_0 = 1 + 0.5 * 1 - 0.5 = 1; A = (1 + 0.25, 1).
        // Second, one token: r = 3, V = 4: A = δ = -1; nothing of it reaches the first response. Returns = A + V.
        var estimate = new GeneralizedAdvantageEstimation { Gamma = 0.5, Lambda = 0.5 }
            .Of(TokenSequences.Of([2, 1]), tensor(new[] { 1.0, 2, 3 }), tensor(new[] { 0.5, 1, 4 }));
        Near.Equal([1.25, 1, -1], TensorAssert.Doubles(estimate.Advantages), 1e-15);
        Near.Equal([1.75, 2, 3], TensorAssert.Doubles(estimate.Returns), 1e-15);
    }

    [Fact]
    public void Settings_and_inputs_are_checked()
    {
        var usual = new GeneralizedAdvantageEstimation();
        Assert.Equal((1.0, 0.95), (usual.Gamma, usual.Lambda));
        Assert.StartsWith("Gamma must be at least 0 and at most 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new GeneralizedAdvantageEstimation { Gamma = 1.1 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Lambda must be at least 0 and at most 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new GeneralizedAdvantageEstimation { Lambda = double.NaN }).Message, StringComparison.Ordinal);
        var three = TokenSequences.Of([2, 1]);
        Assert.Contains("rewards must be [M] with one number for each token, M = 3", Assert.Throws<ArgumentException>(() => usual.Of(three, zeros(2), zeros(3))).Message, StringComparison.Ordinal);
        Assert.Contains("values must be [3] like rewards", Assert.Throws<ArgumentException>(() => usual.Of(three, zeros(3), zeros(2))).Message, StringComparison.Ordinal);
        Assert.Contains("values must have the type and device of rewards", Assert.Throws<ArgumentException>(() => usual.Of(three, zeros(3), zeros(3, dtype: ScalarType.Float64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_have_the_type_of_the_rewards_and_no_gradient()
    {
        var estimate = new GeneralizedAdvantageEstimation().Of(TokenSequences.Of([2]), zeros(2).requires_grad_(), ones(2).requires_grad_());
        Assert.All((Tensor[])[estimate.Advantages, estimate.Returns], result => Assert.Equal((ScalarType.Float32, false), (result.dtype, result.requires_grad)));
    }
}
