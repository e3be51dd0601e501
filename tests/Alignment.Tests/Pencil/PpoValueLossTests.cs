using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class PpoValueLossTests
{
    [Theory]
    // ε = 0.2, V_old = 1, so clip(V) lies in [0.8, 1.2].
    // V = 1.1, R = 2: inside, ½ 0.9² = 0.405, gradient V - R = -0.9.
    [InlineData(1.1, 2.0, 0.405, -0.9, false)]
    // V = 1.5, R = 2: moved too far towards R; ½ max(0.5², 0.8²) = 0.32 from the clipped value, no gradient.
    [InlineData(1.5, 2.0, 0.32, 0.0, true)]
    // V = 1.5, R = 0: moved away from R; ½ max(1.5², 1.2²) = 1.125 from the value itself, gradient 1.5.
    [InlineData(1.5, 0.0, 1.125, 1.5, false)]
    // V = 0.5, R = -1: towards R on the other side; ½ max(1.5², 1.8²) = 1.62.
    [InlineData(0.5, -1.0, 1.62, 0.0, true)]
    public void The_larger_error_counts(double value, double target, double expected, double gradient, bool clipped)
    {
        using var loss = new PpoValueLoss();
        var values = tensor(new[] { value }).requires_grad_();
        var output = loss.call(values, ones(1, dtype: ScalarType.Float64), tensor(new[] { target }));
        output.PerToken.sum().backward();
        Near.Equal(expected, output.PerToken.item<double>(), 1e-15);
        Near.Equal(gradient, values.grad!.item<double>(), 1e-15);
        Assert.Equal(clipped, output.Clipped.item<bool>());
    }

    [Fact]
    public void Settings_and_inputs_are_checked()
    {
        Assert.StartsWith("ValueClipRange must be a finite number greater than 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new PpoValueLoss { ValueClipRange = -1 }).Message, StringComparison.Ordinal);
        using var loss = new PpoValueLoss();
        Assert.Equal(0.2, loss.ValueClipRange);
        Assert.Contains("values must be [M] with at least one token", Assert.Throws<ArgumentException>(() => loss.call(zeros(0), zeros(0), zeros(0))).Message, StringComparison.Ordinal);
        Assert.Contains("old must be [2] like values", Assert.Throws<ArgumentException>(() => loss.call(zeros(2), zeros(1), zeros(2))).Message, StringComparison.Ordinal);
        Assert.Contains("returns must be [2] like values", Assert.Throws<ArgumentException>(() => loss.call(zeros(2), zeros(2), zeros(1))).Message, StringComparison.Ordinal);
    }
}
