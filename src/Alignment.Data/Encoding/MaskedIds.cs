namespace Alignment.Data;

/// <summary>Ids of a text and which of them belong to given parts of it.</summary>
internal static class MaskedIds
{
    /// <summary>
    /// Encodes a text whole and finds the borders of the parts in its ids; where a token spans one, what lies between borders is encoded apart.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="spans">The parts in order.</param>
    /// <param name="encode">Encodes a text.</param>
    /// <param name="notes">Hears that tokens would have spanned borders.</param>
    public static (int[] Ids, bool[] Mask) Of(string text, IReadOnlyList<TextSpan> spans, Func<string, IReadOnlyList<int>> encode, RowNotes notes)
    {
        int[] whole = [.. encode(text)];
        int[] borders = [0, .. spans.SelectMany(span => (int[])[span.Start, span.End]), text.Length];   // each second part is inside
        int[][] parts = [.. borders.Zip(borders.Skip(1), (start, end) => (int[])[.. encode(text[start..end])])];
        int[] apart = [.. parts.SelectMany(part => part)];
        var lengths = parts.Select(part => part.Length);
        if (!apart.AsSpan().SequenceEqual(whole))
        {
            // Some tokenizers put a space before any text, so that a part alone has one too many. Then beginnings tell the borders.
            int[][] beginnings = [.. borders.Skip(1).Select(end => (int[])[.. encode(text[..end])])];
            if (Array.TrueForAll(beginnings, ids => whole.AsSpan().StartsWith(ids)))
                return (whole, Mask(beginnings.Zip(beginnings.Prepend([]), (ids, before) => ids.Length - before.Length)));
            notes.SplitBorders++;
        }
        return (apart, Mask(lengths));
    }

    private static bool[] Mask(IEnumerable<int> lengths) => [.. lengths.SelectMany((length, part) => Enumerable.Repeat(part % 2 == 1, length))];
}
