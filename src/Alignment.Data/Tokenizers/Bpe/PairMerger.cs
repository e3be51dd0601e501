using System.Runtime.InteropServices;

namespace Alignment.Data;

/// <summary>Byte pair encoding of one piece: the best merge first, among equals the leftmost; n log n in its length.</summary>
internal abstract class PairMerger
{
    /// <summary>Merges the symbols of a piece until no two neighbours can be; those left have a length above 0.</summary>
    protected void Merge(ReadOnlySpan<char> piece, List<Symbol> symbols)
    {
        var all = CollectionsMarshal.AsSpan(symbols);
        var queue = new PriorityQueue<(int Left, int Right, int Id, int Length), long>();
        for (var i = 0; i < all.Length; i++)
            (all[i].Previous, all[i].Next) = (i - 1, i + 1 < all.Length ? i + 1 : -1);
        for (var i = 0; i + 1 < all.Length; i++)
            Consider(piece, all, i, queue);

        while (queue.TryDequeue(out var merge, out _))
        {
            ref var left = ref all[merge.Left];
            ref var right = ref all[merge.Right];
            // A queued merge is stale once either side took part in another.
            if (left.Length == 0 || right.Length == 0 || left.Length + right.Length != merge.Length)
                continue;

            left.Id = merge.Id;
            left.Length = merge.Length;
            left.Next = right.Next;
            right.Length = 0;
            if (left.Next >= 0)
                all[left.Next].Previous = merge.Left;

            if (left.Previous >= 0)
                Consider(piece, all, left.Previous, queue);
            if (left.Next >= 0)
                Consider(piece, all, merge.Left, queue);
        }
    }

    /// <summary>Whether two neighbours make a token. The lower rank goes first.</summary>
    protected abstract bool TryMerge(ReadOnlySpan<char> piece, in Symbol left, in Symbol right, out int rank, out int id);

    private void Consider(ReadOnlySpan<char> piece, Span<Symbol> all, int index, PriorityQueue<(int, int, int, int), long> queue)
    {
        ref var left = ref all[index];
        ref var right = ref all[left.Next];
        if (TryMerge(piece, left, right, out var rank, out var id))
            queue.Enqueue((index, left.Next, id, left.Length + right.Length), ((long)rank << 32) | (uint)index);
    }
}
