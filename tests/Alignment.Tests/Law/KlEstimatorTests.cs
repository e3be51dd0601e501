using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

public sealed class KlEstimatorTests
{
    private static readonly Tensor Policy = tensor(SeededNumbers.Of(16, 31, -3, 3)).log_softmax(0);
    private static readonly Tensor Reference = tensor(SeededNumbers.Of(16, 32, -3, 3)).log_softmax(0);

    [Fact]
    public void K1_and_k3_are_unbiased_on_a_distribution_of_16_tokens()
    {
        // Σ_v π_v k(v) over every token in place of a sample
        var expected = 0.0;
        foreach (var (p, r) in TensorAssert.Doubles(Policy).Zip(TensorAssert.Doubles(Reference))) expected += Math.Exp(p) * (p - r);
        Near.Equal(expected, (Policy.exp() * new KlK1().PerToken(Policy, Reference)).sum().item<double>(), 1e-14);
        Near.Equal(expected, (Policy.exp() * new KlK3().PerToken(Policy, Reference)).sum().item<double>(), 1e-14);
        Assert.True(expected > 0.1);
    }

    [Fact]
    public void K2_is_close_where_the_policies_are()
    {
        var near = (Policy + 0.01 * tensor(SeededNumbers.Of(16, 33))).log_softmax(0);
        var divergence = (Policy.exp() * (Policy - near)).sum().item<double>();
        var estimate = (Policy.exp() * new KlK2().PerToken(Policy, near)).sum().item<double>();
        Assert.InRange(estimate / divergence, 0.98, 1.02);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void K2_and_k3_are_never_negative_and_0_only_for_equals(ScalarType type)
    {
        var ratios = tensor((double[])[.. SeededNumbers.Of(1000, 34, -30, 30), .. SeededNumbers.Of(1000, 35, -1e-3, 1e-3), .. SeededNumbers.Of(1000, 36, -1e-6, 1e-6)]).to(type);
        foreach (var estimator in (KlEstimator[])[new KlK2(), new KlK3()])
            Assert.True((estimator.PerToken(ratios, zeros_like(ratios)) >= 0).all().item<bool>());
        Assert.Equal(0, new KlK3().PerToken(zeros(1), zeros(1)).item<float>());
        Assert.True(new KlK3().PerToken(tensor(new[] { 1e-2f }), zeros(1)).item<float>() > 0);
    }

    [Fact]
    public void K3_keeps_its_digits_near_0()
    {
        // d = 1e-4: d²/2 - d³/6 + d⁴/24 = 5e-9 - 1.6667e-13 + 4e-18; computed as e^-d - 1 + d it would lose eight digits
        Near.Equal(1, new KlK3().PerToken(tensor(new[] { 1e-4 }), zeros(1, dtype: ScalarType.Float64)).item<double>() / (5e-9 - 1e-12 / 6 + 1e-16 / 24), 1e-11);
    }

    [Fact]
    public void Gradients_are_those_of_small_steps()
    {
        var reference = zeros(4, dtype: ScalarType.Float64);
        foreach (var estimator in (KlEstimator[])[new KlK1(), new KlK2(), new KlK3()])
            CentralDifferences.Agree(policy => estimator.PerToken(policy, reference).sum(), [-2.5, -0.3, 0.1, 3]);
        CentralDifferences.Agree(policy => 1e-9 * new KlK3().PerToken(policy, reference).sum(), [-19.5, -20.5, -30, 40]);
    }

    [Theory]
    [InlineData(1e4f, 1e4f, 5e7f, 9999f)]             // k3: 0 - 1 + 1e4
    [InlineData(-1e4f, -1e4f, 5e7f, 4.842434e12f)]    // k3: the tangent, e^20 (1 + 9,980) - 1 - 1e4
    public void Log_ratios_of_ten_thousand_stay_finite_in_float32(float difference, float k1, float k2, float k3)
    {
        var policy = tensor(new[] { difference }).requires_grad_();
        KlEstimator[] estimators = [new KlK1(), new KlK2(), new KlK3()];
        var values = estimators.Select(estimator => estimator.PerToken(policy, zeros(1))).ToArray();
        stack(values).sum().backward();
        Near.Equal([k1, k2, k3], [.. values.Select(value => (double)value.item<float>())], 1e-5);
        Assert.True(float.IsFinite(policy.grad!.item<float>()));
        var rewards = new KlRewardShaping { Estimator = new KlK3() }.Of(TokenSequences.Of([1]), policy, zeros(1), ones(1), 0.05);
        Assert.True(float.IsFinite(rewards.PerToken.item<float>()));
    }
}
