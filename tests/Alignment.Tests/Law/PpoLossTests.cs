using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

public sealed class PpoLossTests
{
    private const int Count = 64;

    private static Tensor Old => tensor(SeededNumbers.Of(Count, 1, -4, 0));

    private static Tensor Advantages => tensor(SeededNumbers.Of(Count, 2, -2, 2));

    [Fact]
    public void At_ratio_1_the_gradient_is_that_of_the_plain_policy_gradient()
    {
        // ∂/∂θ -A log π
        using var loss = new PpoPolicyLoss();
        var policy = Old.requires_grad_();
        var output = loss.call(policy, Old, Advantages);
        output.PerToken.sum().backward();
        Near.Equal([.. TensorAssert.Doubles(Advantages).Select(a => -a)], TensorAssert.Doubles(policy.grad!), 1e-15);
        Near.Equal([.. TensorAssert.Doubles(Advantages).Select(a => -a)], TensorAssert.Doubles(output.PerToken), 1e-15);
    }

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    public void Before_the_first_update_ratio_and_divergence_are_exact(ScalarType type)
    {
        using var loss = new PpoPolicyLoss();
        var old = Old.to(type);
        var output = loss.call(old, old, Advantages.to(type));
        Assert.All(TensorAssert.Doubles(output.Ratio), ratio => Assert.Equal(1, ratio));
        Assert.All(TensorAssert.Doubles(output.KlK1).Concat(TensorAssert.Doubles(output.KlK3)), kl => Assert.Equal(0, kl));
        Assert.False(output.Clipped.any().item<bool>());
    }

    [Fact]
    public void Outside_the_range_the_gradient_is_0_where_the_advantage_favours_it_and_full_where_not()
    {
        using var loss = new PpoPolicyLoss();
        var shift = SeededNumbers.Of(Count, 3, -1.5, 1.5);
        var policy = (Old + tensor(shift)).requires_grad_();
        var output = loss.call(policy, Old, Advantages);
        output.PerToken.sum().backward();
        var (gradient, advantage, clipped) = (TensorAssert.Doubles(policy.grad!), TensorAssert.Doubles(Advantages), TensorAssert.Doubles(output.Clipped));
        for (var i = 0; i < Count; i++)
        {
            var ratio = Math.Exp(shift[i]);
            var favoured = advantage[i] > 0 ? ratio > 1.2 : ratio < 0.8;
            Near.Equal(favoured ? 0 : -advantage[i] * ratio, gradient[i], 1e-13);
            Assert.Equal(favoured ? 1 : 0, clipped[i]);
        }

        Assert.InRange(clipped.Sum(), 10, Count - 10); // both sides occur
    }

    [Fact]
    public void The_loss_is_never_below_the_plain_surrogate()
    {
        using var loss = new PpoPolicyLoss();
        var shift = tensor(SeededNumbers.Of(Count, 4, -3, 3));
        var plain = -Advantages * shift.exp();
        Assert.True((loss.call(Old + shift, Old, Advantages).PerToken >= plain - 1e-12).all().item<bool>());
    }

    [Fact]
    public void Dual_clipping_bounds_the_loss_and_changes_nothing_else()
    {
        using var plain = new PpoPolicyLoss();
        using var dual = new PpoPolicyLoss { DualClip = 2 };
        var policy = Old + tensor(SeededNumbers.Of(Count, 5, -2, 2));
        var (without, with) = (plain.call(policy, Old, Advantages), dual.call(policy, Old, Advantages));
        var (advantage, bounded) = (TensorAssert.Doubles(Advantages), TensorAssert.Doubles(with.DualClipped));
        var (before, after) = (TensorAssert.Doubles(without.PerToken), TensorAssert.Doubles(with.PerToken));
        for (var i = 0; i < Count; i++)
        {
            var expected = advantage[i] < 0 ? Math.Min(before[i], 2 * -advantage[i]) : before[i];
            Near.Equal(expected, after[i], 1e-14);
            Assert.Equal(expected < before[i] ? 1 : 0, bounded[i]);
        }

        Assert.InRange(bounded.Sum(), 3, Count / 2);
    }

    [Fact]
    public void Tokens_do_not_see_one_another()
    {
        var order = tensor(Enumerable.Range(0, Count).Select(i => (long)(i * 29 % Count)).ToArray()); // 29 and 64 share no factor: a permutation
        using var policyLoss = new PpoPolicyLoss { DualClip = 2 };
        using var valueLoss = new PpoValueLoss();
        var moved = Old + tensor(SeededNumbers.Of(Count, 6));
        var policy = policyLoss.call(moved, Old, Advantages);
        var permuted = policyLoss.call(moved.index_select(0, order), Old.index_select(0, order), Advantages.index_select(0, order));
        TensorAssert.Near(policy.PerToken.index_select(0, order), permuted.PerToken, 0);
        TensorAssert.Near(policy.KlK3.index_select(0, order), permuted.KlK3, 0);
        var value = valueLoss.call(moved, Old, Advantages).PerToken;
        TensorAssert.Near(value.index_select(0, order), valueLoss.call(moved.index_select(0, order), Old.index_select(0, order), Advantages.index_select(0, order)).PerToken, 0);
    }

    [Fact]
    public void Gradients_are_those_of_small_steps()
    {
        var weights = tensor(SeededNumbers.Of(Count, 7, 0.5, 2));
        var moved = SeededNumbers.Of(Count, 8, -1.2, 1.2).Zip(TensorAssert.Doubles(Old), (shift, old) => old + shift).ToArray();
        using var policyLoss = new PpoPolicyLoss { DualClip = 2 };
        CentralDifferences.Agree(policy => (policyLoss.call(policy, Old, Advantages).PerToken * weights).sum(), moved);
        using var valueLoss = new PpoValueLoss { ValueClipRange = 0.5 };
        CentralDifferences.Agree(values => (valueLoss.call(values, Old, Advantages).PerToken * weights).sum(), moved, 1e-7);
        using var bonus = new EntropyBonus { Coefficient = 0.3 };
        CentralDifferences.Agree(logits => (bonus.call(logits.view(8, 8)).PerToken * weights.narrow(0, 0, 8)).sum(), SeededNumbers.Of(64, 9, -3, 3));
    }

    [Fact]
    public void The_gradient_above_20_nats_is_that_of_small_steps_too()
    {
        using var loss = new PpoPolicyLoss();
        var cost = tensor(new[] { -1e-9, -1e-9, -1e-9 });
        CentralDifferences.Agree(policy => loss.call(policy, zeros(3, dtype: ScalarType.Float64), cost).PerToken.sum(), [19.5, 20.5, 40]);
    }

    [Fact]
    public void No_gradient_reaches_what_was_recorded_at_sampling_time()
    {
        using var policyLoss = new PpoPolicyLoss();
        using var valueLoss = new PpoValueLoss();
        Tensor[] recorded = [Old.requires_grad_(), Advantages.requires_grad_()];
        var trained = (Old + 0.1).detach().requires_grad_();
        (policyLoss.call(trained, recorded[0], recorded[1]).PerToken + valueLoss.call(trained, recorded[0], recorded[1]).PerToken).sum().backward();
        Assert.All(recorded, tensor => Assert.Null(tensor.grad));
    }

    [Theory]
    // ε = 0.2, A = ±2; in the last column the size of the gradient.
    [InlineData(-1e4f, 2f, 0f, 0f)]                // ratio 0: nothing is left to gain or lose
    [InlineData(-1e4f, -2f, 1.6f, 0f)]             // held at 0.8 |A|
    [InlineData(1e4f, 2f, -2.4f, 0f)]              // held at -1.2 A
    [InlineData(1e4f, -2f, 9.68487e12f, 9.7033e8f)] // e^20 (1 + 9,980) |A| and e^20 |A|: grows on, finite, still pulling back
    public void Log_ratios_of_ten_thousand_stay_finite_in_float32(float logRatio, float advantage, float expected, float slope)
    {
        using var loss = new PpoPolicyLoss();
        var policy = tensor(new[] { logRatio }).requires_grad_();
        var output = loss.call(policy, zeros(1), tensor(new[] { advantage }));
        output.PerToken.sum().backward();
        Near.Equal(expected, output.PerToken.item<float>(), 1e-4);
        Near.Equal(slope, policy.grad!.item<float>(), 1e-4);
        Assert.All((Tensor[])[output.Ratio, output.KlK1, output.KlK3, policy.grad!.square()], value => Assert.True(value.isfinite().all().item<bool>()));
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(-1e4f)]
    public void Dual_clipping_and_values_and_entropy_stay_finite_too(float far)
    {
        using var dual = new PpoPolicyLoss { DualClip = 3 };
        using var valueLoss = new PpoValueLoss();
        using var bonus = new EntropyBonus();
        var input = tensor(new[] { far }).requires_grad_();
        var logits = tensor(new[] { far, 0, 1 }).view(1, 3).requires_grad_();
        var outputs = (Tensor[])[dual.call(input, zeros(1), -ones(1)).PerToken, valueLoss.call(input, zeros(1), ones(1)).PerToken, bonus.call(logits).PerToken];
        stack(outputs.Select(o => o.sum())).sum().backward();
        Assert.All((Tensor[])[.. outputs, input.grad!, logits.grad!], value => Assert.True(value.isfinite().all().item<bool>()));
        Assert.Equal(far > 0 ? 3 : 0.8f, outputs[0].item<float>()); // at -1e4 the ratio is 0 and the cost is held at 0.8 |A|
    }

    [Fact]
    public void A_value_inside_the_range_has_the_plain_squared_error()
    {
        using var loss = new PpoValueLoss { ValueClipRange = 1.0 };
        var values = Old + 0.9 * tensor(SeededNumbers.Of(Count, 10));
        var output = loss.call(values, Old, Advantages);
        TensorAssert.Near(0.5 * (values - Advantages).square(), output.PerToken, 1e-15);
        Assert.False(output.Clipped.any().item<bool>());
    }

    [Fact]
    public void Clipping_a_value_never_makes_it_cheaper()
    {
        using var loss = new PpoValueLoss();
        var values = Old + 2 * tensor(SeededNumbers.Of(Count, 11));
        var plain = 0.5 * (values - Advantages).square();
        Assert.True((loss.call(values, Old, Advantages).PerToken >= plain).all().item<bool>());
    }

    [Fact]
    public void Entropy_does_not_change_with_a_constant_and_lies_between_0_and_the_logarithm_of_the_vocabulary()
    {
        using var bonus = new EntropyBonus();
        var logits = tensor(SeededNumbers.Of(80, 12, -5, 5)).view(10, 8);
        var entropy = bonus.call(logits).Entropy;
        TensorAssert.Near(entropy, bonus.call(logits + 100).Entropy, 1e-12);
        Assert.All(TensorAssert.Doubles(entropy), h => Assert.InRange(h, 0, Math.Log(8)));
    }
}
