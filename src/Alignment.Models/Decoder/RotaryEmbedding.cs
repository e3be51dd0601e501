using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The rotary frequencies of a model, and from them the rotation at given positions.</summary>
/// <remarks>
/// Angles are computed for the positions of a batch, once for all layers, rather than looked up in a table of all positions:
/// a few small operators against 128 MiB at 131,072 positions. It holds no tensor, so nothing is saved, moved or disposed with a model.
/// </remarks>
internal sealed class RotaryEmbedding
{
    private readonly float[] frequencies, longFrequencies;   // radians a position, one for each turned pair of a head's numbers
    private readonly int? shortLength;
    private readonly double magnitude;

    public RotaryEmbedding(RopeConfig rope, int turnedSize, int maxPositions)
    {
        using var scope = NewDisposeScope();
        // Powers by the same float32 operators as transformers: at position 100,000 the last bit of a frequency is 0.006 radians.
        var exponents = arange(0, turnedSize, 2, dtype: ScalarType.Int64, device: CPU).to(ScalarType.Float32) / turnedSize;
        var powers = tensor((float)rope.Theta, device: CPU).pow(exponents).data<float>().ToArray();
        frequencies = Frequencies(isLong: false);
        shortLength = rope.Scaling?.ShortLength;
        longFrequencies = shortLength is null ? frequencies : Frequencies(isLong: true);
        magnitude = rope.Scaling?.Magnitude(maxPositions) ?? 1;

        float[] Frequencies(bool isLong) => rope.Scaling?.Frequencies(powers, isLong) ?? [.. powers.Select(power => 1 / power)];
    }

    /// <summary>The rotation at positions <c>[N]</c>, computed in float32 and rounded to the type of what it will turn.</summary>
    /// <param name="positions">int64 <c>[N]</c>.</param>
    /// <param name="longest">Length of the longest sequence, where that makes a difference.</param>
    /// <param name="type">Type of the numbers to turn.</param>
    public Rotation At(Tensor positions, long longest, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var steps = tensor(longest > shortLength ? longFrequencies : frequencies, device: positions.device);
        var angles = positions.to(ScalarType.Float32).unsqueeze(1) * steps;   // [N, turned / 2]
        return new Rotation(Part(angles.cos()), Part(angles.sin()));

        Tensor Part(Tensor part) => (magnitude == 1 ? part : part * magnitude).to(type).unsqueeze(1).MoveToOuterDisposeScope();
    }
}
