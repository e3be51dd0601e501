using System;
using System.Collections.Generic;

namespace Microsoft.ML.Tokenizers;

/// <summary>The tokens of one piece. Lengths count symbols: characters of the piece or, at byte level, its bytes.</summary>
internal sealed class BpePiece(int[] ids, int[] lengths, int[]? origins, int symbolCount, int charCount)
{
    public int[] Ids { get; } = ids;

    public int[] Lengths { get; } = lengths;

    /// <summary>Takes at most <paramref name="limit"/> tokens from the front; returns how many.</summary>
    public int Take(int limit, List<int>? ids, out int charsConsumed)
    {
        var count = Math.Min(Ids.Length, limit);
        ids?.AddRange(Ids.AsSpan(0, count));
        charsConsumed = count == Ids.Length ? charCount : CharOf(Sum(0, count));
        return count;
    }

    /// <summary>Counts at most <paramref name="limit"/> tokens from the back.</summary>
    public int CountFromEnd(int limit, out int start)
    {
        var count = Math.Min(Ids.Length, limit);
        start = count == Ids.Length ? 0 : CharOf(symbolCount - Sum(Ids.Length - count, Ids.Length));
        return count;
    }

    public void AddTokens(List<EncodedToken> tokens, int offset, IReadOnlyDictionary<int, string> spellings)
    {
        var symbol = 0;
        for (var i = 0; i < Ids.Length; i++)
        {
            var end = symbol + Lengths[i];
            var range = origins is null ? symbol..end : origins[symbol]..(origins[end - 1] + 1);
            tokens.Add(new EncodedToken(Ids[i], spellings[Ids[i]], (offset + range.Start.Value)..(offset + range.End.Value)));
            symbol = end;
        }
    }

    private int CharOf(int symbol) => origins is null ? symbol : symbol >= symbolCount ? charCount : origins[symbol];

    private int Sum(int from, int to)
    {
        var sum = 0;
        foreach (var length in Lengths.AsSpan(from, to - from))
            sum += length;
        return sum;
    }
}
