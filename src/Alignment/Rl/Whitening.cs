using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Scales values to unit variance: <c>(x - mean) / sqrt(var + 1e-8)</c>, with <c>+ mean</c> where the mean is kept.</summary>
/// <remarks>
/// Huang et al. 2024 (arXiv 2403.17031): advantages are whitened with the mean shifted to 0, rewards with the mean kept, since their
/// level carries meaning. The variance is the unbiased one, over all tokens that count at once, so the tokens of a batch are coupled.
/// </remarks>
public static class Whitening
{
    private const double Epsilon = 1e-8; // keeps equal values at 0 instead of 0 / 0

    /// <summary>Whitens values and shifts their mean to 0.</summary>
    /// <param name="values">One number for each token, <c>[M]</c>.</param>
    /// <param name="selected">Which tokens count, bool <c>[M]</c>; all where null. At least two must.</param>
    /// <returns><c>[M]</c>; 0 at tokens that do not count.</returns>
    /// <exception cref="ArgumentException">Shape or type does not fit, or fewer than two tokens count.</exception>
    public static Tensor ToZeroMean(Tensor values, Tensor? selected = null) => Whiten(values, selected, shiftMean: true);

    /// <summary>Whitens values around their own mean.</summary>
    /// <param name="values">One number for each token, <c>[M]</c>.</param>
    /// <param name="selected">Which tokens count, bool <c>[M]</c>; all where null. At least two must.</param>
    /// <returns><c>[M]</c>; 0 at tokens that do not count.</returns>
    /// <exception cref="ArgumentException">Shape or type does not fit, or fewer than two tokens count.</exception>
    public static Tensor KeepingMean(Tensor values, Tensor? selected = null) => Whiten(values, selected, shiftMean: false);

    private static Tensor Whiten(Tensor values, Tensor? selected, bool shiftMean)
    {
        using var scope = NewDisposeScope();
        var scale = (TokenStatistics.Variance(values, selected) + Epsilon).rsqrt();
        var mean = TokenStatistics.Mean(values, selected);
        var centered = (values - mean) * scale;
        var whitened = TokenStatistics.Kept(shiftMean ? centered : centered + mean, selected);
        return whitened.MoveToOuterDisposeScope();
    }
}
