using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>
/// Attention over whole sequences that share rows: gathers <c>[N, ...]</c> to right-padded <c>[S, L, ...]</c> and takes each token's output
/// back from the one sequence that owns it. Padding stands at the right of a causal mask, where no token looks.
/// </summary>
/// <param name="gather">Row of each place, int64 <c>[S * L]</c>.</param>
/// <param name="owner">Place of each row, int64 <c>[N]</c>.</param>
/// <param name="sequences">S; for one sequence, rows and places are the same and nothing is moved.</param>
internal class LayoutAttention(Tensor gather, Tensor owner, long sequences) : AttentionContext
{
    /// <summary>Attention over the sequences of a layout, by way of <see cref="SharedPromptAttention"/> where that is less work.</summary>
    public static AttentionContext Of(TokenLayout layout) => SharedPromptAttention.IsLessWork(layout)
        ? SharedPromptAttention.Of(layout)
        : new LayoutAttention(layout.Gather, layout.Owner, layout.SequenceCount);

    public override IReadOnlyList<Tensor> Tensors => [gather, owner];

    public override AttentionContext With(IReadOnlyList<Tensor> tensors) => new LayoutAttention(tensors[0], tensors[1], sequences);

    public override Tensor Attend(AttentionPattern pattern, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        var places = Places(pattern, query, key, value);
        return (sequences == 1 ? places : places.index_select(0, owner)).MoveToOuterDisposeScope();
    }

    public override long Kept(DecoderConfig config) =>
        Kept(config, gather.shape[0], gather.shape[0] * config.Attention.Heads * config.HeadSize, gather.shape[0] / sequences);

    /// <summary>What each place sees, <c>[S * L, heads * d]</c>.</summary>
    public Tensor Places(AttentionPattern pattern, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        var (heads, group) = (query.shape[1], query.shape[1] / key.shape[1]);
        var q = Places(query);
        // There is no grouped-query attention in TorchSharp: each key head stands once for every query head that shares it.
        var (k, v) = (Shared(Places(key), group), Shared(Places(value), group));
        var mask = pattern.Cuts(q.shape[2]) ? AttentionKernel.Causal(q.shape[2], pattern.Window, q.device) : null;
        var attended = AttentionKernel.Of(q, k, v, mask, isCausal: true, pattern.SoftCap);
        return attended.transpose(1, 2).reshape(-1, heads * query.shape[2]).MoveToOuterDisposeScope();
    }

    /// <summary><c>[N, heads, d]</c> to <c>[S, heads, L, d]</c>.</summary>
    private Tensor Places(Tensor rows)
    {
        var places = sequences == 1 && rows.shape[0] == gather.shape[0] ? rows : rows.index_select(0, gather);
        return places.view(sequences, -1, rows.shape[1], rows.shape[2]).transpose(1, 2);
    }

    private static Tensor Shared(Tensor heads, long group) => group == 1 ? heads : heads.repeat_interleave(group, 1);
}
