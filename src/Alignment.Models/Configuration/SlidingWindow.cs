namespace Alignment.Models;

/// <summary>A limit of how far back a token looks, in some layers or in all.</summary>
/// <remarks>Beltagy et al. 2020 (arXiv 2004.05150); Mistral 7B (arXiv 2310.06825), section 2.</remarks>
public sealed record SlidingWindow
{
    /// <summary>A token sees this many tokens, itself among them, <c>sliding_window</c>.</summary>
    /// <value>From 1 to 134,217,728.</value>
    public required int Size { get; init => field = Check.Within(value, Limits.Positions); }

    /// <summary>Indices of the layers that have the window, from 0, ascending; the others look to the beginning.</summary>
    /// <value>The default, null, is every layer.</value>
    public IReadOnlyList<int>? Layers { get; init; }

    /// <summary>Whether a layer has the window.</summary>
    /// <param name="layer">Index of the layer, from 0.</param>
    public bool IsIn(int layer) => Layers is null || Layers.Contains(layer);

    /// <inheritdoc/>
    public bool Equals(SlidingWindow? other) =>
        other is not null && Size == other.Size
        && (Layers is null ? other.Layers is null : other.Layers is not null && Layers.SequenceEqual(other.Layers));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Size, Layers?.Count);
}
