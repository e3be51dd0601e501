using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class KlEstimatorTests
{
    // log π = -1, log ref = -1 - ln 2: d = ln 2 = 0.69314718, ref / π = ½. And the other way round: d = -ln 2, ref / π = 2.
    private static readonly Tensor Policy = tensor(new[] { -1, -1 - Math.Log(2) });
    private static readonly Tensor Reference = tensor(new[] { -1 - Math.Log(2), -1 });

    [Fact]
    public void K1_is_the_log_ratio() =>
        Near.Equal([0.693147180559945, -0.693147180559945], TensorAssert.Doubles(new KlK1().PerToken(Policy, Reference)), 1e-15);

    [Fact]
    public void K2_is_half_its_square() => // ½ 0.48045301 = 0.24022651
        Near.Equal([0.240226506959101, 0.240226506959101], TensorAssert.Doubles(new KlK2().PerToken(Policy, Reference)), 1e-15);

    [Fact]
    public void K3_is_what_the_ratio_lies_above_its_tangent() => // ½ - 1 + 0.69314718 = 0.19314718; 2 - 1 - 0.69314718 = 0.30685282
        Near.Equal([0.193147180559945, 0.306852819440055], TensorAssert.Doubles(new KlK3().PerToken(Policy, Reference)), 1e-15);

    [Fact]
    public void Gradients_computed_by_hand()
    {
        // with respect to log π at d = ln 2: k1: 1; k2: d = 0.69314718; k3: 1 - ref / π = ½
        Near.Equal(1, Slope(new KlK1()), 1e-15);
        Near.Equal(0.693147180559945, Slope(new KlK2()), 1e-15);
        Near.Equal(0.5, Slope(new KlK3()), 1e-15);
    }

    [Fact]
    public void Inputs_are_checked()
    {
        var estimator = new KlK1();
        Assert.Contains("policy must be [M] with at least one token", Assert.Throws<ArgumentException>(() => estimator.PerToken(zeros(0), zeros(0))).Message, StringComparison.Ordinal);
        Assert.Contains("reference must be [2] like policy", Assert.Throws<ArgumentException>(() => estimator.PerToken(zeros(2), zeros(3))).Message, StringComparison.Ordinal);
    }

    private static double Slope(KlEstimator estimator)
    {
        var policy = tensor(new[] { -1.0 }).requires_grad_();
        estimator.PerToken(policy, tensor(new[] { -1 - Math.Log(2) })).sum().backward();
        return policy.grad!.item<double>();
    }
}
