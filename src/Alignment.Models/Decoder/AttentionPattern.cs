namespace Alignment.Models;

/// <summary>What a layer's attention sees and how it weighs it.</summary>
/// <param name="Layer">Index of the layer, from 0.</param>
/// <param name="Window">A token sees this many tokens, itself among them; null for all before it.</param>
/// <param name="SoftCap">Scores become <c>c tanh(score / c)</c>; null leaves them.</param>
internal readonly record struct AttentionPattern(int Layer, int? Window, double? SoftCap)
{
    public static AttentionPattern Of(AttentionConfig config, int layer) =>
        new(layer, config.Window is { } window && window.IsIn(layer) ? window.Size : null, config.SoftCap);

    /// <summary>Whether a window of this layer leaves out any of so many tokens.</summary>
    public bool Cuts(long tokens) => Window < tokens;
}
