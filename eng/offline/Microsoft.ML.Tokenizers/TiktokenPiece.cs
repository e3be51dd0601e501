using System;
using System.Collections.Generic;
using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>The tokens of one piece, each with the characters it touches: tokens that share a character overlap.</summary>
internal sealed class TiktokenPiece(TiktokenPiece.Token[] tokens, int length)
{
    public IReadOnlyList<Token> Tokens => tokens;

    public static TiktokenPiece Whole(int id, int length) => new([new Token(id, 0, length)], length);

    /// <summary>Byte pair encoding by rank, the leftmost first among equals; a byte without a rank throws.</summary>
    public static TiktokenPiece Merge(ReadOnlySpan<char> text, Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ranks)
    {
        var (utf8, origins) = Utf8.Encode(text);
        var bytes = Encoding.Latin1.GetString(utf8);
        var next = new int[bytes.Length + 1];       // where the token that starts here ends
        var previous = new int[bytes.Length + 1];   // where the token before starts
        var queue = new PriorityQueue<(int Start, int Middle, int End), long>();
        for (var i = 0; i <= bytes.Length; i++)
            (next[i], previous[i]) = (i + 1, i - 1);
        for (var i = 0; i + 1 < bytes.Length; i++)
            Consider(i);

        while (queue.TryDequeue(out var merge, out _))
        {
            if (next[merge.Start] != merge.Middle || next[merge.Middle] != merge.End)
                continue;
            next[merge.Start] = merge.End;
            next[merge.Middle] = -1;
            previous[merge.End] = merge.Start;
            if (merge.End < bytes.Length)
                Consider(merge.Start);
            if (merge.Start > 0)
                Consider(previous[merge.Start]);
        }

        var tokens = new List<Token>();
        for (var start = 0; start < bytes.Length; start = next[start])
        {
            var end = next[start];
            var last = end;
            while (origins[end - 1] == origins[end] && last < bytes.Length && origins[last] == origins[end])
                last++;
            tokens.Add(new Token(ranks[bytes.AsSpan(start, end - start)], origins[start], origins[last] - origins[start]));
        }

        return new TiktokenPiece([.. tokens], text.Length);

        void Consider(int start)
        {
            var middle = next[start];
            if (middle < bytes.Length && ranks.TryGetValue(bytes.AsSpan(start, next[middle] - start), out var rank))
                queue.Enqueue((start, middle, next[middle]), ((long)rank << 32) | (uint)start);
        }
    }

    /// <summary>Takes at most <paramref name="limit"/> tokens and never cuts a character; returns how many.</summary>
    public int Take(int limit, List<int>? ids, out int charsConsumed)
    {
        var count = Math.Min(limit, tokens.Length);
        while (count > 0 && count < tokens.Length && tokens[count].Start < tokens[count - 1].End)
            count--;
        for (var i = 0; i < count; i++)
            ids?.Add(tokens[i].Id);
        charsConsumed = count == tokens.Length ? length : count == 0 ? 0 : tokens[count - 1].End;
        return count;
    }

    public int CountFromEnd(int limit, out int start)
    {
        var first = Math.Max(0, tokens.Length - limit);
        while (first > 0 && first < tokens.Length && tokens[first].Start < tokens[first - 1].End)
            first++;
        start = first == tokens.Length ? length : first == 0 ? 0 : tokens[first].Start;
        return tokens.Length - first;
    }

    internal readonly record struct Token(int Id, int Start, int Length)
    {
        public int End => Start + Length;
    }
}
