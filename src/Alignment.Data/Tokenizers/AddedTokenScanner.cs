using System.Buffers;
using System.Globalization;

namespace Alignment.Data;

/// <summary>Finds added tokens in a text: the leftmost first and, where several begin, the longest.</summary>
internal sealed class AddedTokenScanner
{
    private readonly SearchValues<string> _contents;
    private readonly Dictionary<char, AddedToken[]> _byFirst;   // the longest content first

    public AddedTokenScanner(IEnumerable<AddedToken> tokens)
    {
        var all = tokens.ToArray();
        _contents = SearchValues.Create([.. all.Select(token => token.Content)], StringComparison.Ordinal);
        _byFirst = all.GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
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
        if (_byFirst.Count == 0 || text.AsSpan(from).IndexOfAny(_contents) is not (>= 0 and var offset))
            return null;
        var found = text.AsSpan(from + offset);
        foreach (var token in _byFirst[found[0]])
        {
            if (found.StartsWith(token.Content, StringComparison.Ordinal))
                return (from + offset, token);
        }

        return null;
    }

    // A word's characters are letters, marks, decimal digits and connectors, as \w has it.
    private static bool IsWord(string text, int index)
    {
        if (index < 0 || index >= text.Length)
            return false;
        if (char.IsLowSurrogate(text[index]) && index > 0)
            index--;
        var category = CharUnicodeInfo.GetUnicodeCategory(text, index);
        return category is <= UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
    }
}
