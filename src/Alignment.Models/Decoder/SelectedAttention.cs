using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Attention of some rows of each sequence over the whole sequence.</summary>
/// <remarks>
/// Query heads that share a key head stand where more rows would, <c>[S, key heads, group * R, d]</c>, so that no key or value is copied for them.
/// </remarks>
/// <param name="queries">Query of each place, int64 <c>[S * R]</c>; padding repeats query 0.</param>
/// <param name="positions">Position of each place in its sequence, int64 <c>[S * R]</c>; padding has that of query 0.</param>
/// <param name="keys">Row of each place of each sequence, int64 <c>[S * L]</c>.</param>
/// <param name="owner">Place of each query, int64 <c>[R']</c>.</param>
/// <param name="sequences">S.</param>
internal sealed class SelectedAttention(Tensor queries, Tensor positions, Tensor keys, Tensor owner, long sequences) : AttentionContext
{
    /// <summary>Rows in the order of their sequences.</summary>
    /// <param name="layout">The batch.</param>
    /// <param name="rows">Rows of the layout, int64 <c>[R']</c>; the query of each stands at the same place among the queries.</param>
    /// <param name="counts">How many of them are of each sequence, <c>[S]</c>.</param>
    public static SelectedAttention Of(TokenLayout layout, Tensor rows, IReadOnlyList<int> counts)
    {
        var (longest, start) = (Math.Max(1, counts.Max()), 0);
        var (queries, owner) = (new long[counts.Count * longest], new long[counts.Sum()]);
        for (var s = 0; s < counts.Count; start += counts[s++])
        {
            for (var t = 0; t < counts[s]; t++) (queries[s * longest + t], owner[start + t]) = (start + t, s * longest + t);
        }
        var places = tensor(queries, device: rows.device);
        using var rowPositions = layout.Positions.index_select(0, rows);
        return new SelectedAttention(
            places, rowPositions.index_select(0, places), layout.Gather, tensor(owner, device: rows.device), layout.SequenceCount);
    }

    public override IReadOnlyList<Tensor> Tensors => [queries, positions, keys, owner];

    public override AttentionContext With(IReadOnlyList<Tensor> tensors) =>
        new SelectedAttention(tensors[0], tensors[1], tensors[2], tensors[3], sequences);

    public override Tensor Attend(AttentionPattern pattern, Tensor query, Tensor key, Tensor value)
    {
        using var places = Places(pattern, query, key, value);
        return places.index_select(0, owner);
    }

    // With what is seen, as numbers that are added to the scores of a key head.
    public override long Kept(DecoderConfig config)
    {
        var (group, length) = (config.Attention.Heads / config.Attention.KeyValueHeads, keys.shape[0] / sequences);
        return Kept(config, queries.shape[0], keys.shape[0] * config.Attention.KeyValueHeads * config.HeadSize, length) + queries.shape[0] * group * length;
    }

    /// <summary>What each place sees, <c>[S * R, heads * d]</c>.</summary>
    public Tensor Places(AttentionPattern pattern, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        var (heads, shared, size) = (query.shape[1], key.shape[1], query.shape[2]);
        var group = heads / shared;
        var q = query.index_select(0, queries).view(sequences, -1, shared, group, size).permute(0, 2, 3, 1, 4).reshape(sequences, shared, -1, size);
        var seen = Seen(pattern.Window).repeat(1, 1, group, 1);
        var attended = AttentionKernel.Of(q, Sequences(key), Sequences(value), seen, isCausal: false, pattern.SoftCap);
        return attended.view(sequences, shared, group, -1, size).permute(0, 3, 1, 2, 4).reshape(-1, heads * size).MoveToOuterDisposeScope();
    }

    /// <summary>Which keys each place sees, bool <c>[S, 1, R, L]</c>: those up to its position, and so none of the padding.</summary>
    private Tensor Seen(int? window)
    {
        using var scope = NewDisposeScope();
        var own = positions.view(sequences, 1, -1, 1);
        var others = arange(keys.shape[0] / sequences, dtype: ScalarType.Int64, device: keys.device);
        var seen = others.le(own);
        return (window is { } size ? seen.logical_and(others.gt(own - size)) : seen).MoveToOuterDisposeScope();
    }

    /// <summary><c>[N, heads, d]</c> to <c>[S, heads, L, d]</c>.</summary>
    private Tensor Sequences(Tensor rows) => rows.index_select(0, keys).view(sequences, -1, rows.shape[1], rows.shape[2]).transpose(1, 2);
}
