using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Counts what a pass with gradients keeps until backward, operator by operator as the layers are written.</summary>
/// <remarks>Where an adapter is trained on a frozen base, operators keep up to a tenth less.</remarks>
/// <param name="config">The architecture.</param>
/// <param name="type">Type of the weights.</param>
internal sealed class KeptActivations(DecoderConfig config, ScalarType type)
{
    private readonly long _width = type.ElementSize();

    /// <summary>Bytes of a pass that ends with some rows of the last layer, whose hidden states are among them.</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="rows">Rows of the layout that are asked for, int64 <c>[R]</c>.</param>
    /// <param name="counts">How many of them are of each sequence.</param>
    /// <param name="isCheckpointed">Whether layers keep their inputs alone.</param>
    public KeptBytes Bytes(TokenLayout layout, Tensor rows, IReadOnlyList<int> counts, bool isCheckpointed)
    {
        using var scope = NewDisposeScope();
        var tokens = layout.TokenCount;
        var inner = Layer(tokens, tokens, LayoutAttention.Of(layout));
        var last = Layer(tokens, rows.shape[0], SelectedAttention.Of(layout, rows, counts));
        var kept = config.Layers * Rows(tokens, config.HiddenSize) + Rows(rows.shape[0], config.HiddenSize) + Norm(rows.shape[0], config.HiddenSize);
        return isCheckpointed ? new KeptBytes(kept, config.Layers > 1 ? Math.Max(inner, last) : last) : new KeptBytes(kept + (config.Layers - 1) * inner + last, 0);
    }

    // All but the layer's input.
    private long Layer(long tokens, long asked, AttentionContext attention)
    {
        var (hidden, heads) = (config.HiddenSize, config.Attention.Heads * (long)config.HeadSize);
        var bytes = Norm(tokens, hidden) + attention.Kept(config) * _width + Rows(asked, heads);
        if (config.Family.HasQueryKeyNorms) bytes += 2 * (Rows(asked, heads) + Rows(tokens, config.Attention.KeyValueHeads * (long)config.HeadSize));
        if (asked < tokens) bytes += Rows(asked, hidden);   // what the queries are projected from
        if (config.Family.Names.AttentionPostNorm is not null) bytes += 2 * (Rows(asked, hidden) + Norm(asked, hidden) / 2);
        return bytes + Rows(asked, hidden) + Norm(asked, hidden) + Unit(asked);
    }

    // Both inputs of a product and what the activation got; a plain unit has no product.
    private long Unit(long rows) => (config.Family.Names.PlainUp is null ? 4 : 2) * Rows(rows, config.IntermediateSize);

    // What it gives, and what the gain was multiplied with; 16 bits are normed in float32. Its input is counted where it comes from.
    private long Norm(long rows, long size) => config.Family.Norm == NormKind.Layer
        ? Rows(rows, size)
        : 2 * Rows(rows, size) + (_width < sizeof(float) ? rows * size * sizeof(float) : 0);

    private long Rows(long rows, long size) => rows * size * _width;
}
