using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The rotary frequencies of a model, and from them the rotation at given positions.</summary>
/// <remarks>
/// Angles are computed for the positions of a batch, once for all layers, rather than looked up in a table of all positions:
/// a few small operators against 128 MiB at 131,072 positions. It holds no tensor, so nothing is saved, moved or disposed with a model.
/// </remarks>
internal sealed class RotaryEmbedding
{
    private readonly float[] frequencies;   // radians a position, one for each pair of a head's numbers

    public RotaryEmbedding(RopeConfig rope, int headSize)
    {
        using var scope = NewDisposeScope();
        // Powers by the same float32 operators as transformers: at position 100,000 the last bit of a frequency is 0.006 radians.
        var exponents = arange(0, headSize, 2, dtype: ScalarType.Int64, device: CPU).to(ScalarType.Float32) / headSize;
        var plain = tensor((float)rope.Theta, device: CPU).pow(exponents).reciprocal();
        frequencies = [.. plain.data<float>().ToArray().Select(frequency => rope.Scaling?.Scale(frequency) ?? frequency)];
    }

    /// <summary>The rotation at positions <c>[N]</c>, computed in float32 and rounded to the type of what it will turn.</summary>
    public Rotation At(Tensor positions, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var angles = positions.to(ScalarType.Float32).unsqueeze(1) * tensor(frequencies, device: positions.device);   // [N, d / 2]
        return new Rotation(
            angles.cos().to(type).unsqueeze(1).MoveToOuterDisposeScope(),
            angles.sin().to(type).unsqueeze(1).MoveToOuterDisposeScope());
    }
}
