using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class TokenStatisticsTests
{
    // Of (1, 3, NaN, 8) the first, second and fourth count: mean 4, squares 9 + 1 + 16 = 26, variance 26 / 2 = 13, biased 26 / 3.
    private static readonly Tensor Values = tensor(new[] { 1, 3, double.NaN, 8 });
    private static readonly Tensor Selected = tensor(new[] { true, true, false, true });

    [Fact]
    public void Means_and_variances_divide_by_what_counts()
    {
        Near.Equal(4, TokenStatistics.Mean(Values, Selected).item<double>(), 1e-15);
        Near.Equal(13, TokenStatistics.Variance(Values, Selected).item<double>(), 1e-15);
        Near.Equal(26 / 3.0, TokenStatistics.Variance(Values, Selected, unbiased: false).item<double>(), 1e-15);
        Near.Equal(2, TokenStatistics.Mean(tensor(new[] { 1.0, 3 })).item<double>(), 1e-15);
        Near.Equal(0.5, TokenStatistics.ShareOfMean(tensor(new[] { 1.0, 3 }), 8).item<double>(), 1e-15); // (1 + 3) / 8
    }

    [Fact]
    public void The_gradient_of_a_mean_is_one_over_what_counts()
    {
        var values = Values.clone().requires_grad_();
        TokenStatistics.Mean(values, Selected).backward();
        Near.Equal([1 / 3.0, 1 / 3.0, 0, 1 / 3.0], TensorAssert.Doubles(values.grad!), 1e-15);
    }

    [Fact]
    public void Whitening_computed_by_hand()
    {
        // (x - 4) / sqrt(13 + 1e-8): -3, -1, 4; what does not count becomes 0
        var scale = 1 / Math.Sqrt(13 + 1e-8);
        Near.Equal([-3 * scale, -scale, 0, 4 * scale], TensorAssert.Doubles(Whitening.ToZeroMean(Values, Selected)), 1e-15);
        Near.Equal([4 - 3 * scale, 4 - scale, 0, 4 + 4 * scale], TensorAssert.Doubles(Whitening.KeepingMean(Values, Selected)), 1e-15);
    }

    [Fact]
    public void Equal_values_become_0_or_stay()
    {
        Near.Equal([0, 0, 0], TensorAssert.Doubles(Whitening.ToZeroMean(full(3, 7.0))), 1e-15);
        Near.Equal([7, 7, 7], TensorAssert.Doubles(Whitening.KeepingMean(full(3, 7.0))), 1e-15);
    }

    [Fact]
    public void Too_few_tokens_are_refused()
    {
        var none = zeros(4, dtype: ScalarType.Bool);
        Assert.Contains("At least 1 tokens must count; got 0 of 4.", Assert.Throws<ArgumentException>(() => TokenStatistics.Mean(Values, none)).Message, StringComparison.Ordinal);
        Assert.Contains("At least 2 tokens must count; got 1 of 1.", Assert.Throws<ArgumentException>(() => Whitening.ToZeroMean(ones(1))).Message, StringComparison.Ordinal);
        Assert.Contains("selected must be bool", Assert.Throws<ArgumentException>(() => TokenStatistics.Mean(Values, Values)).Message, StringComparison.Ordinal);
        Assert.Contains("totalTokens must be at least the 4 tokens", Assert.Throws<ArgumentOutOfRangeException>(() => TokenStatistics.ShareOfMean(Values, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("[M] with at least one token", Assert.Throws<ArgumentException>(() => TokenStatistics.Mean(zeros(0))).Message, StringComparison.Ordinal);
    }
}
