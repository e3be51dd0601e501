using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>What the layers know beyond the rows that they are given.</summary>
/// <param name="Attention">Which tokens see which.</param>
/// <param name="Rotation">The turn of each token's queries and keys; null where positions are learned.</param>
/// <param name="LocalRotation">The turn in layers with a window, where it is another.</param>
internal sealed record LayerContext(AttentionContext Attention, Rotation? Rotation, Rotation? LocalRotation)
{
    /// <summary>Rows that are asked for, int64 <c>[R]</c>: the others give keys and values only. Null for all.</summary>
    public Tensor? Rows { get; init; }

    /// <summary>All tensors in it, in the order that <see cref="With"/> takes.</summary>
    public IReadOnlyList<Tensor> Tensors =>
        [.. Attention.Tensors, .. TensorsOf(Rotation), .. TensorsOf(LocalRotation), .. Rows is { } rows ? (Tensor[])[rows] : []];

    public Rotation? RotationOf(AttentionPattern pattern) => pattern.Window is null ? Rotation : LocalRotation ?? Rotation;

    /// <summary>The same with other wrappers of its tensors.</summary>
    public LayerContext With(IReadOnlyList<Tensor> tensors)
    {
        var rest = new Queue<Tensor>(tensors);
        var attention = Attention.With([.. Attention.Tensors.Select(_ => rest.Dequeue())]);
        return new LayerContext(attention, Next(Rotation), Next(LocalRotation)) { Rows = Rows is null ? null : rest.Dequeue() };

        Rotation? Next(Rotation? rotation) => rotation is null ? null : new Rotation(rest.Dequeue(), rest.Dequeue());
    }

    private static Tensor[] TensorsOf(Rotation? rotation) => rotation is { } turn ? [turn.Cosine, turn.Sine] : [];
}
