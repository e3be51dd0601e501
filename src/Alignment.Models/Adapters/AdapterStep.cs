using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>What an adapter is to do to one part.</summary>
/// <param name="Name">The part's full name.</param>
/// <param name="Part">The part.</param>
/// <param name="Rank">Rank of the low-rank update; null for a copy.</param>
internal sealed record AdapterStep(string Name, AdaptedPart Part, int? Rank)
{
    /// <summary>Type of the new parameters: of an update float32 where the part has 16 bits, so that small steps are not lost.</summary>
    public ScalarType DataType =>
        Rank is not null && Part.Weight.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? ScalarType.Float32 : Part.Weight.dtype;

    /// <summary>Names of its tensors in the file, and their shapes.</summary>
    public IEnumerable<(string Name, long[] Shape)> Tensors => Rank is { } rank
        ? [
            (AdapterNames.InFile(Name, AdapterNames.Down, "weight"), [rank, Part.Sizes!.Value.Inputs]),
            (AdapterNames.InFile(Name, AdapterNames.Up, "weight"), [Part.Sizes!.Value.Outputs, rank]),
        ]
        : Part.named_parameters(false).Select(entry => (AdapterNames.InFile(Name, AdapterNames.Saved, entry.name), entry.parameter.shape));

    /// <summary>Makes the adapter's share from the parameters of a source.</summary>
    public AdapterShare Make(LoraOptions options, AdapterSource source)
    {
        if (Rank is not { } rank) return new SavedCopy(Part.Twin(source.OfCopy(this)));
        var (inputs, outputs) = Part.Sizes!.Value;
        return new LowRankUpdate(
            new AdapterMatrix(source.Of(this, AdapterNames.Down), rank, inputs),
            new AdapterMatrix(source.Of(this, AdapterNames.Up), outputs, rank),
            options.ScaleOf(Name),
            options.Dropout);
    }
}
