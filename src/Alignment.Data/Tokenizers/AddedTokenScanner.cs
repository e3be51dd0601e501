using System.Buffers;
using System.Globalization;

namespace Alignment.Data;

/// <summary>Finds added tokens in a text: the leftmost first and, where several begin, the longest.</summary>
internal sealed class AddedTokenScanner
{
    private readonly SearchValues<string> _contents;
    private readonly Dictionary<string, AddedToken>.AlternateLookup<ReadOnlySpan<char>> _byContent;
    private readonly int[] _lengths;   // of contents, the longest first

    public AddedTokenScanner(IEnumerable<AddedToken> tokens)
    {
        var byContent = new Dictionary<string, AddedToken>();
        foreach (var token in tokens)
        {
            if (token.Content.Length == 0)
                throw new TokenizerFormatException($"The added token {token.Id} must not be empty after normalization.");
            byContent.TryAdd(token.Content, token);   // two contents may have become one by normalization
        }

        _contents = SearchValues.Create([.. byContent.Keys], StringComparison.Ordinal);
        _byContent = byContent.GetAlternateLookup<ReadOnlySpan<char>>();
        _lengths = [.. byContent.Keys.Select(content => content.Length).Distinct().OrderDescending()];
    }

    /// <summary>The text cut into tokens and, with a null token, what lies between them.</summary>
    public IEnumerable<(Range Range, AddedToken? Token)> Scan(string text)
    {
        var start = 0;    // of what has not been returned yet
        var search = 0;
        while (NextMatch(text, search) is var (index, token))
        {
            var end = index + token.Content.Length;
            search = end;
            if (token.OnlyWholeWord && (IsWord(text, index - 1) || IsWord(text, end)))
                continue;
            while (token.TakesSpaceBefore && index > start && char.IsWhiteSpace(text[index - 1]))
                index--;
            while (token.TakesSpaceAfter && end < text.Length && char.IsWhiteSpace(text[end]))
                end++;

            if (index > start)
                yield return (start..index, null);
            yield return (index..end, token);
            start = search = end;
        }

        if (start < text.Length)
            yield return (start..text.Length, null);
    }

    private (int Index, AddedToken Token)? NextMatch(string text, int from)
    {
        if (_lengths.Length == 0 || text.AsSpan(from).IndexOfAny(_contents) is not (>= 0 and var offset))
            return null;
        var found = text.AsSpan(from + offset);
        foreach (var length in _lengths)
        {
            if (length <= found.Length && _byContent.TryGetValue(found[..length], out var token))
                return (from + offset, token);
        }

        return null;
    }

    // What a word is made of: as Pattern.Word has it, and joiners.
    private static bool IsWord(string text, int index)
    {
        if (index < 0 || index >= text.Length)
            return false;
        if (char.IsLowSurrogate(text[index]) && index > 0)
            index--;
        var category = CharUnicodeInfo.GetUnicodeCategory(text, index);
        return category is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation
            || text[index] is '\u200C' or '\u200D' or (>= '\u24B6' and <= '\u24E9');
    }
}
