using System.Globalization;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Mean and variance over tokens: always divided by the number of tokens that count, never by the number of places.</summary>
public static class TokenStatistics
{
    /// <summary>The mean, <c>Σ x / n</c>.</summary>
    /// <param name="values">One number for each token, <c>[M]</c>.</param>
    /// <param name="selected">Which tokens count, bool <c>[M]</c>; all where null. What stands at the others does not matter, not even NaN.</param>
    /// <returns>A scalar, with gradient.</returns>
    /// <exception cref="ArgumentException">Shape or type does not fit, or no token counts.</exception>
    public static Tensor Mean(Tensor values, Tensor? selected = null)
    {
        var count = Count(values, selected, least: 1);
        using var scope = NewDisposeScope();
        return (Kept(values, selected).sum() / count).MoveToOuterDisposeScope();
    }

    /// <summary>The share of one batch in the mean over a whole step: <c>Σ x / n</c> with n the tokens of all batches of the step.</summary>
    /// <remarks>The shares of all batches add up to the mean over the step, however it is cut; a mean over the means of batches would not.</remarks>
    /// <param name="values">One number for each token of this batch, <c>[M]</c>.</param>
    /// <param name="totalTokens">n; at least M.</param>
    /// <returns>A scalar, with gradient.</returns>
    /// <exception cref="ArgumentException">Shape or type does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">n is below M.</exception>
    public static Tensor ShareOfMean(Tensor values, long totalTokens)
    {
        var count = Count(values, null, least: 1);
        if (totalTokens < count)
            throw new ArgumentOutOfRangeException(nameof(totalTokens), totalTokens, string.Create(CultureInfo.InvariantCulture, $"totalTokens must be at least the {count} tokens of this batch."));
        using var scope = NewDisposeScope();
        return (values.sum() / totalTokens).MoveToOuterDisposeScope();
    }

    /// <summary>The variance, <c>Σ (x - mean)² / (n - 1)</c>, or divided by n where biased.</summary>
    /// <param name="values">One number for each token, <c>[M]</c>.</param>
    /// <param name="selected">Which tokens count, bool <c>[M]</c>; all where null.</param>
    /// <param name="unbiased">Whether to divide by n - 1, which needs two tokens.</param>
    /// <returns>A scalar, with gradient.</returns>
    /// <exception cref="ArgumentException">Shape or type does not fit, or too few tokens count.</exception>
    public static Tensor Variance(Tensor values, Tensor? selected = null, bool unbiased = true)
    {
        var count = Count(values, selected, least: unbiased ? 2 : 1);
        using var scope = NewDisposeScope();
        var centered = values - Mean(values, selected);
        return (Kept(centered.square(), selected).sum() / (unbiased ? count - 1 : count)).MoveToOuterDisposeScope();
    }

    /// <summary>The values with 0 where they do not count; a product with the mask would keep NaN.</summary>
    internal static Tensor Kept(Tensor values, Tensor? selected) => selected is null ? values : where(selected, values, zeros_like(values));

    private static long Count(Tensor values, Tensor? selected, int least)
    {
        VectorInputs.NotEmpty(values, nameof(values), "[M] with at least one token");
        if (selected is not null) VectorInputs.Mask(values, nameof(values), selected, nameof(selected));
        using var scope = NewDisposeScope();
        var count = selected is null ? values.shape[0] : selected.sum().item<long>();
        return count >= least
            ? count
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"At least {least} tokens must count; got {count} of {values.shape[0]}."), selected is null ? nameof(values) : nameof(selected));
    }
}
