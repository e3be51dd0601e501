using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class PpoPolicyLossTests
{
    [Theory]
    // ε = 0.2. Ratio 1.1 is inside: -A r, gradient -A r (d r / d log π = r).
    [InlineData(1.1, 2.0, -2.2, -2.2, false)]
    [InlineData(1.1, -2.0, 2.2, 2.2, false)]
    // Ratio 1.5 is above: with A > 0 the better half is cut, -1.2 A without gradient; with A < 0 the full cost stays.
    [InlineData(1.5, 2.0, -2.4, 0.0, true)]
    [InlineData(1.5, -2.0, 3.0, 3.0, false)]
    // Ratio 0.5 is below: with A < 0 the cost can't fall under 0.8 |A|; with A > 0 the plain surrogate is the worse one.
    [InlineData(0.5, -2.0, 1.6, 0.0, true)]
    [InlineData(0.5, 2.0, -1.0, -1.0, false)]
    public void The_worse_of_both_surrogates_counts(double ratio, double advantage, double expected, double gradient, bool clipped)
    {
        using var loss = new PpoPolicyLoss();
        var policy = tensor(new[] { Math.Log(ratio) - 0.75 }).requires_grad_();
        var output = loss.call(policy, tensor(new[] { -0.75 }), tensor(new[] { advantage }));
        output.PerToken.sum().backward();
        Near.Equal(expected, output.PerToken.item<double>(), 1e-15);
        Near.Equal(gradient, policy.grad!.item<double>(), 1e-15);
        Assert.Equal(clipped, output.Clipped.item<bool>());
        Assert.False(output.DualClipped.item<bool>());
    }

    [Fact]
    public void Diagnostics_computed_by_hand()
    {
        // log-ratio ln 1.5 = 0.40546511: k1 of KL(old || new) = -0.40546511; k3 = 1.5 - 1 - 0.40546511 = 0.09453489
        using var loss = new PpoPolicyLoss();
        var output = loss.call(tensor(new[] { Math.Log(1.5) }), zeros(1, dtype: ScalarType.Float64), ones(1, dtype: ScalarType.Float64));
        Near.Equal(1.5, output.Ratio.item<double>(), 1e-15);
        Near.Equal(-0.405465108108164, output.KlK1.item<double>(), 1e-15);
        Near.Equal(0.094534891891836, output.KlK3.item<double>(), 1e-15);
    }

    [Theory]
    // c = 3, A = -2: the cost r |A| is bounded by 3 * 2 = 6, and beyond it there is no gradient. A = 2: nothing changes.
    [InlineData(2.5, -2.0, 5.0, 5.0, false)]
    [InlineData(4.0, -2.0, 6.0, 0.0, true)]
    [InlineData(4.0, 2.0, -2.4, 0.0, false)]
    [InlineData(0.1, -2.0, 1.6, 0.0, false)]
    public void Dual_clipping_bounds_the_cost_of_negative_advantages(double ratio, double advantage, double expected, double gradient, bool bounded)
    {
        using var loss = new PpoPolicyLoss { DualClip = 3 };
        var policy = tensor(new[] { Math.Log(ratio) }).requires_grad_();
        var output = loss.call(policy, zeros(1, dtype: ScalarType.Float64), tensor(new[] { advantage }));
        output.PerToken.sum().backward();
        Near.Equal(expected, output.PerToken.item<double>(), 1e-14);
        Near.Equal(gradient, policy.grad!.item<double>(), 1e-14);
        Assert.Equal(bounded, output.DualClipped.item<bool>());
    }

    [Fact]
    public void Settings_are_checked_where_they_are_written()
    {
        Assert.StartsWith("ClipRange must be a finite number greater than 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new PpoPolicyLoss { ClipRange = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("DualClip must be a finite number greater than 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new PpoPolicyLoss { DualClip = 1 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PpoPolicyLoss { ClipRange = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PpoPolicyLoss { DualClip = double.PositiveInfinity });
        using var usual = new PpoPolicyLoss { DualClip = null };
        Assert.Equal(0.2, usual.ClipRange);
        Assert.Null(usual.DualClip);
    }

    [Fact]
    public void Inputs_are_checked_before_any_native_call()
    {
        using var loss = new PpoPolicyLoss();
        Assert.Contains("policy must be [M] with at least one token", Assert.Throws<ArgumentException>(() => loss.call(zeros(0), zeros(0), zeros(0))).Message, StringComparison.Ordinal);
        Assert.Contains("old must be [2] like policy", Assert.Throws<ArgumentException>(() => loss.call(zeros(2), zeros(3), zeros(2))).Message, StringComparison.Ordinal);
        Assert.Contains("advantages must be [2] like policy", Assert.Throws<ArgumentException>(() => loss.call(zeros(2), zeros(2), zeros(2, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("advantages must have the type and device of policy", Assert.Throws<ArgumentException>(() => loss.call(zeros(2), zeros(2), zeros(2, dtype: ScalarType.Float64))).Message, StringComparison.Ordinal);
        Assert.Contains("policy must be of a floating-point type", Assert.Throws<ArgumentException>(() => loss.call(zeros(2, dtype: ScalarType.Int64), zeros(2), zeros(2))).Message, StringComparison.Ordinal);
    }
}
