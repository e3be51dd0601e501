using System.Text;
using System.Text.RegularExpressions;

namespace Alignment.Data;

/// <summary>Cuts by an expression.</summary>
/// <param name="expression">What is sought, in .NET's words.</param>
/// <param name="behavior">What becomes of the matches.</param>
/// <param name="inverted">Whether matches and what lies between them change places.</param>
internal sealed class RegexSplit(Regex expression, SplitBehavior behavior, bool inverted) : PreTokenizer
{
    /// <inheritdoc/>
    /// <exception cref="TokenizerFormatException">The expression takes too long.</exception>
    public override void Cut(Piece piece, List<Piece> pieces)
    {
        // A .NET expression sees UTF-16. Characters beyond it are shown to it as one unit of the same category.
        var shadow = SupplementaryShadow.Of(piece.Span);
        var text = shadow is null ? piece.Span : shadow.Text;
        if (behavior == SplitBehavior.Isolated)
            Isolate(piece, text, shadow, pieces);
        else
            CutParts(piece, Parts(text), shadow, pieces);
    }

    /// <summary>The text with every match replaced.</summary>
    public string Replace(string text, string content)
    {
        var shadow = SupplementaryShadow.Of(text);
        var replaced = new StringBuilder(text.Length);
        foreach (var part in Parts(shadow is null ? text : shadow.Text))
        {
            var (start, end) = shadow is null ? (part.Start, part.End) : (shadow.ToOriginal(part.Start), shadow.ToOriginal(part.End));
            replaced.Append(part.IsMatch ? content : text.AsSpan(start, end - start));
        }

        return replaced.ToString();
    }

    // What nearly every file asks for, without a list between.
    private void Isolate(Piece piece, ReadOnlySpan<char> text, SupplementaryShadow? shadow, List<Piece> pieces)
    {
        var start = 0;
        try
        {
            foreach (var match in expression.EnumerateMatches(text))
            {
                Add(piece, start, match.Index, shadow, pieces);
                Add(piece, match.Index, start = match.Index + match.Length, shadow, pieces);
            }
        }
        catch (RegexMatchTimeoutException e)
        {
            throw TooLong(text.Length, e);
        }

        Add(piece, start, text.Length, shadow, pieces);
    }

    private void CutParts(Piece piece, List<Part> parts, SupplementaryShadow? shadow, List<Piece> pieces)
    {
        // A part that is not left out begins a piece unless it joins the one before it.
        for (int i = 0, next; i < parts.Count; i = next)
        {
            next = i + 1;
            if (behavior == SplitBehavior.Removed && parts[i].IsMatch)
                continue;
            if (behavior is not SplitBehavior.Removed)
            {
                while (next < parts.Count && Joins(parts, next))
                    next++;
            }

            Add(piece, parts[i].Start, parts[next - 1].End, shadow, pieces);
        }
    }

    // Of several matches in a row only one goes with a neighbour: the first with what is before, the last with what comes after.
    private bool Joins(List<Part> parts, int index) => behavior switch
    {
        SplitBehavior.MergedWithPrevious => parts[index].IsMatch && !parts[index - 1].IsMatch,
        SplitBehavior.MergedWithNext => parts[index - 1].IsMatch && !parts[index].IsMatch,
        SplitBehavior.Contiguous => parts[index].IsMatch == parts[index - 1].IsMatch,
        _ => false,
    };

    private List<Part> Parts(ReadOnlySpan<char> text)
    {
        var parts = new List<Part>();
        var start = 0;
        try
        {
            foreach (var match in expression.EnumerateMatches(text))
            {
                if (match.Index > start)
                    parts.Add(new Part(start, match.Index, inverted));
                parts.Add(new Part(match.Index, start = match.Index + match.Length, !inverted));
            }
        }
        catch (RegexMatchTimeoutException e)
        {
            throw TooLong(text.Length, e);
        }

        if (start < text.Length)
            parts.Add(new Part(start, text.Length, inverted));
        return parts;
    }

    private static void Add(Piece piece, int start, int end, SupplementaryShadow? shadow, List<Piece> pieces)
    {
        if (end <= start)
            return;
        if (shadow is not null)
            (start, end) = (shadow.ToOriginal(start), shadow.ToOriginal(end));
        pieces.Add(piece.Slice(start, end - start));
    }

    private TokenizerFormatException TooLong(int length, RegexMatchTimeoutException e)
        => new($"The tokenizer's pattern '{expression}' took more than {expression.MatchTimeout.TotalSeconds} s on a text of {length} characters.", e);

    private readonly record struct Part(int Start, int End, bool IsMatch);
}
