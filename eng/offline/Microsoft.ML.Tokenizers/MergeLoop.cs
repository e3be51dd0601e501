using System;
using System.Collections.Generic;

namespace Microsoft.ML.Tokenizers;

/// <summary>Byte pair encoding of one piece: the best merge first, among equals the leftmost; n log n in its length.</summary>
internal static class MergeLoop
{
    /// <summary>Merges in place: the first <paramref name="count"/> entries are the tokens left.</summary>
    public static void Run(Span<int> ids, Span<int> lengths, Dictionary<(int Left, int Right), (int Rank, int Id)> merges, out int count)
    {
        var next = new int[ids.Length];       // the symbol after; ids.Length at the end
        var previous = new int[ids.Length];   // the symbol before; -1 at the start
        var queue = new PriorityQueue<(int Position, int Id), long>();
        for (var i = 0; i < ids.Length; i++)
            (next[i], previous[i]) = (i + 1, i - 1);
        for (var i = 0; i + 1 < ids.Length; i++)
            Consider(ids, i, i + 1);

        while (queue.TryDequeue(out var top, out _))
        {
            var (left, merged) = top;
            var right = lengths[left] == 0 ? ids.Length : next[left];
            // A queued merge is stale once either side took part in another, unless the pair there now gives the same token.
            if (right == ids.Length || !merges.TryGetValue((ids[left], ids[right]), out var merge) || merge.Id != merged)
                continue;

            ids[left] = merged;
            lengths[left] += lengths[right];
            lengths[right] = 0;
            next[left] = next[right];
            if (next[left] < ids.Length)
                previous[next[left]] = left;

            if (previous[left] >= 0)
                Consider(ids, previous[left], left);
            if (next[left] < ids.Length)
                Consider(ids, left, next[left]);
        }

        count = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            if (lengths[i] > 0)
                (ids[count], lengths[count++]) = (ids[i], lengths[i]);
        }

        void Consider(ReadOnlySpan<int> symbols, int left, int right)
        {
            if (merges.TryGetValue((symbols[left], symbols[right]), out var merge))
                queue.Enqueue((left, merge.Id), ((long)merge.Rank << 32) | (uint)left);
        }
    }
}
