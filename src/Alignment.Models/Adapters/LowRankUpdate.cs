using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models;

/// <summary><c>y = W x + b + s B A drop(x)</c>.</summary>
/// <remarks>Computed in the type of A and B, float32 where the base has 16 bits, and rounded once at the end.</remarks>
/// <param name="down">A, <c>[r, inputs]</c>.</param>
/// <param name="up">B, <c>[outputs, r]</c>.</param>
/// <param name="scale">s.</param>
/// <param name="dropout">Share of the inputs that is dropped in training.</param>
internal sealed class LowRankUpdate(AdapterMatrix down, AdapterMatrix up, double scale, double dropout) : AdapterShare
{
    public override IReadOnlyList<(string Group, nn.Module Module)> Modules { get; } =
        [(AdapterNames.Down, down), (AdapterNames.Up, up)];

    public override Tensor Output(AdaptedPart part, Tensor input, AdapterState state)
    {
        using var scope = NewDisposeScope();
        var rows = state.Dropped(input.to(down.Weight.dtype), dropout);
        var update = F.linear(F.linear(rows, down.Weight) * scale, up.Weight);   // scaled where it is narrow
        var output = part.Plain(input);
        return (output + update).to(output.dtype).MoveToOuterDisposeScope();
    }

    public override Tensor Weight(AdaptedPart part)
    {
        using var scope = NewDisposeScope();
        var update = up.Weight.matmul(down.Weight) * scale;
        return (part.Weight + (part.IsTransposed ? update.t() : update)).to(part.Weight.dtype).MoveToOuterDisposeScope();
    }

    public override IEnumerable<(string Name, Tensor Value)> Merged(AdaptedPart part) => [("weight", Weight(part))];
}
