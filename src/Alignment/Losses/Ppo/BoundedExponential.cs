using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>The exponential of a log-ratio, continued by its tangent above 20 nats: finite in float32 for every finite log-ratio.</summary>
/// <remarks>
/// <c>e^x</c> leaves float32 at 88.7 nats, and its square, which a gradient norm needs, at 44. Up to 20 nats (a ratio of 4.9e8) nothing is
/// changed. Above, <c>e^20 (1 + x - 20)</c> keeps value and slope continuous, convex and growing, so that a token whose ratio has run away
/// still pulls in the right direction, which a clamped log-ratio with its gradient of 0 would not.
/// </remarks>
internal static class BoundedExponential
{
    public const double Limit = 20;

    /// <summary><c>e^x</c>, element by element.</summary>
    public static Tensor Exp(Tensor x)
    {
        using var scope = NewDisposeScope();
        return (x.clamp_max(Limit).exp() + Math.Exp(Limit) * (x - Limit).relu()).MoveToOuterDisposeScope();
    }

    /// <summary><c>e^x - 1 - x</c>, by how much the exponential lies above its tangent at 0; never below 0.</summary>
    public static Tensor AboveTangent(Tensor x)
    {
        using var scope = NewDisposeScope();
        var minusOne = x.clamp_max(Limit).expm1() + Math.Exp(Limit) * (x - Limit).relu();
        // expm1 may round down by a unit in the last place on some devices, which must not make a divergence negative.
        return (minusOne - x).clamp_min(0).MoveToOuterDisposeScope();
    }
}
