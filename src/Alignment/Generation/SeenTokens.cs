using static TorchSharp.torch;

namespace Alignment.Generation;

/// <summary>The tokens that each row has had, and the penalty on having them again.</summary>
internal sealed class SeenTokens : IDisposable
{
    private readonly double penalty;
    private Tensor seen;   // bool [R, V]

    public SeenTokens(IReadOnlyList<IReadOnlyList<int>> rows, int vocabularySize, double penalty, Device device)
    {
        this.penalty = penalty;
        var marks = new bool[rows.Count * (long)vocabularySize];
        for (var row = 0; row < rows.Count; row++)
            foreach (var id in rows[row]) marks[row * (long)vocabularySize + id] = true;
        using var scope = NewDisposeScope();
        seen = tensor(marks, device: device).view(rows.Count, vocabularySize).DetachFromDisposeScope();
    }

    /// <summary>Adds a token to each row, int64 <c>[R, 1]</c>.</summary>
    public void Add(Tensor ids)
    {
        using var scope = NewDisposeScope();
        seen.scatter_(1, ids, ones_like(ids, dtype: ScalarType.Bool));
    }

    /// <summary>Keeps these rows, int64 <c>[K]</c>.</summary>
    public void Keep(Tensor rows)
    {
        using var all = seen;
        seen = all.index_select(0, rows).DetachFromDisposeScope();
    }

    /// <summary>Logits <c>[R, V]</c> with the penalty on every token seen.</summary>
    public Tensor Penalize(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var lower = where(logits.lt(0), logits * penalty, logits / penalty);
        return where(seen, lower, logits).MoveToOuterDisposeScope();
    }

    public void Dispose() => seen.Dispose();
}
