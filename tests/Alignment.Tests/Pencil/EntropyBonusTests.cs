using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class EntropyBonusTests
{
    [Fact]
    public void Entropy_of_a_quarter_and_three_quarters()
    {
        // z = (0, ln 3): p = (1/4, 3/4); H = ¼ ln 4 + ¾ ln(4/3) = 0.3465736 + 0.2157616 = 0.5623351; loss -0.5 H.
        // ∂H/∂z_v = -p_v (log p_v + H): at v = 0: -¼ (-1.3862944 + 0.5623351) = 0.2059898; at v = 1 the opposite. Loss: times -0.5.
        using var bonus = new EntropyBonus { Coefficient = 0.5 };
        var logits = tensor(new[] { 0, Math.Log(3) }).view(1, 2).requires_grad_();
        var output = bonus.call(logits);
        output.PerToken.sum().backward();
        var entropy = 0.25 * Math.Log(4) + 0.75 * Math.Log(4.0 / 3);
        Near.Equal(entropy, output.Entropy.item<double>(), 1e-15);
        Near.Equal(-0.5 * entropy, output.PerToken.item<double>(), 1e-15);
        var slope = -0.5 * -0.25 * (Math.Log(0.25) + entropy);
        Near.Equal([slope, -slope], TensorAssert.Doubles(logits.grad!.view(-1)), 1e-15);
    }

    [Fact]
    public void Equal_logits_give_the_logarithm_of_the_vocabulary_and_a_sure_token_gives_0()
    {
        using var bonus = new EntropyBonus();
        Near.Equal(Math.Log(8), bonus.call(zeros(1, 8)).Entropy.item<float>(), 1e-6);
        Assert.Equal(0f, bonus.call(tensor(new[] { 1e4f, 0, 0 }).view(1, 3)).Entropy.item<float>());
    }

    [Fact]
    public void A_token_that_cannot_be_drawn_adds_nothing()
    {
        // two equal tokens are left: ln 2
        using var bonus = new EntropyBonus();
        var logits = tensor(new[] { 1.0, double.NegativeInfinity, 1.0 }).view(1, 3).requires_grad_();
        var output = bonus.call(logits);
        output.PerToken.sum().backward();
        Near.Equal(Math.Log(2), output.Entropy.item<double>(), 1e-15);
        Assert.All(TensorAssert.Doubles(logits.grad!.view(-1)), slope => Near.Equal(0, slope, 1e-15));
    }

    [Fact]
    public void Settings_and_inputs_are_checked()
    {
        Assert.StartsWith("Coefficient must be a finite number, 0 or greater.", Assert.Throws<ArgumentOutOfRangeException>(() => new EntropyBonus { Coefficient = -1 }).Message, StringComparison.Ordinal);
        using var bonus = new EntropyBonus();
        Assert.Equal(0.01, bonus.Coefficient);
        Assert.All(
            (Tensor[])[zeros(3), zeros(0, 3), zeros(3, 0), zeros(3, 3, dtype: ScalarType.Int64)],
            logits => Assert.StartsWith("logits must be [M, V] of a floating-point type", Assert.Throws<ArgumentException>(() => bonus.call(logits)).Message, StringComparison.Ordinal));
    }
}
