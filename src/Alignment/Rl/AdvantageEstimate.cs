using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Advantages and the returns that values are trained towards; both without gradient.</summary>
/// <param name="Advantages">How much better each token was than its value foretold, <c>[M]</c>, not whitened.</param>
/// <param name="Returns">Advantages plus values, <c>[M]</c>.</param>
public sealed record AdvantageEstimate(Tensor Advantages, Tensor Returns);
