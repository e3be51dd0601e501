namespace Alignment.Models;

/// <summary>The norms of a family.</summary>
internal enum NormKind
{
    /// <summary>Root mean square with a gain.</summary>
    Rms,

    /// <summary>Root mean square with a gain of 1 + weight.</summary>
    RmsPlusOne,

    /// <summary>Mean and variance, with gain and bias.</summary>
    Layer,
}
