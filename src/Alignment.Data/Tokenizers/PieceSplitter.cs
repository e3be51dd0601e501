using System.Text.RegularExpressions;

namespace Alignment.Data;

/// <summary>Cuts a text by expressions, one after another; a match and what lies between two matches are pieces ("Isolated").</summary>
internal sealed class PieceSplitter(IReadOnlyList<Regex> splits)
{
    /// <summary>The pieces in order; together they are the text.</summary>
    /// <exception cref="TokenizerFormatException">An expression takes too long.</exception>
    public IReadOnlyList<Range> Split(string text)
    {
        // A .NET expression sees UTF-16. Characters beyond it are shown to it as one unit of the same category.
        var shadow = SupplementaryShadow.Of(text);
        List<Range> pieces = [Range.EndAt(shadow.Text.Length)];
        foreach (var split in splits)
            pieces = Split(shadow.Text, pieces, split);
        for (var i = 0; i < pieces.Count; i++)
            pieces[i] = shadow.ToOriginal(pieces[i]);
        return pieces;
    }

    private static List<Range> Split(string text, List<Range> pieces, Regex split)
    {
        var finer = new List<Range>(pieces.Count);
        foreach (var piece in pieces)
        {
            var (offset, length) = piece.GetOffsetAndLength(text.Length);
            var start = offset;
            try
            {
                foreach (var match in split.EnumerateMatches(text.AsSpan(offset, length)))
                {
                    Add(start, offset + match.Index);
                    Add(offset + match.Index, start = offset + match.Index + match.Length);
                }
            }
            catch (RegexMatchTimeoutException e)
            {
                var allowed = split.MatchTimeout.TotalSeconds;
                throw new TokenizerFormatException(
                    $"The pre_tokenizer's pattern '{split}' took more than {allowed} s on a text of {length} characters.", e);
            }

            Add(start, offset + length);
        }

        return finer;

        void Add(int from, int to)
        {
            if (to > from)
                finer.Add(from..to);
        }
    }
}
