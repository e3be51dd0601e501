using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>A trained copy that takes the part's place, and is saved with the adapter.</summary>
internal sealed class SavedCopy(AdaptedPart copy) : AdapterShare
{
    public override IReadOnlyList<(string Group, nn.Module Module)> Modules { get; } = [(AdapterNames.Saved, copy)];

    public override Tensor Output(AdaptedPart part, Tensor input, AdapterState state) => copy.Plain(input);

    public override Tensor Weight(AdaptedPart part) => copy.Weight;

    public override IEnumerable<(string Name, Tensor Value)> Merged(AdaptedPart part) =>
        copy.named_parameters(false).Select(entry => (entry.name, (Tensor)entry.parameter));
}
