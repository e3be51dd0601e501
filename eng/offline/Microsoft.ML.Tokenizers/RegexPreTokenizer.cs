using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Tokenizers;

/// <summary>The pieces are the matches of an expression and the special tokens; text that neither covers is dropped.</summary>
public sealed class RegexPreTokenizer : PreTokenizer
{
    private readonly Regex _regex;
    private readonly Regex? _special;

    public RegexPreTokenizer(Regex regex, IReadOnlyDictionary<string, int>? specialTokens)
    {
        _regex = regex ?? throw new ArgumentNullException(nameof(regex));

        // Alternatives stand in the dictionary's order: the first that fits wins, not the longest.
        if (specialTokens is { Count: > 0 })
            _special = new Regex(string.Join('|', specialTokens.Keys.Select(Regex.Escape)), RegexOptions.Compiled);
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text)
        => string.IsNullOrEmpty(text) ? [] : Pieces(text);

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
        => text.IsEmpty ? [] : Pieces(text.ToString());

    private IEnumerable<(int Offset, int Length)> Pieces(string text)
    {
        var start = 0;
        while (_special is not null && First(_special, text, start, text.Length) is { } special)
        {
            for (; First(_regex, text, start, special.Offset) is { } piece; start = piece.Offset + piece.Length)
                yield return piece;

            yield return special;
            start = special.Offset + special.Length;
        }

        for (; First(_regex, text, start, text.Length) is { } piece; start = piece.Offset + piece.Length)
            yield return piece;
    }

    // Each search sees only text[start..end]: anchors and look-behind stop there, as they do in the original.
    private static (int Offset, int Length)? First(Regex regex, string text, int start, int end)
    {
        foreach (var match in regex.EnumerateMatches(text.AsSpan(start, end - start)))
        {
            // The original repeats an empty match for ever.
            if (match.Length == 0)
                throw new InvalidOperationException($"The expression '{regex}' matches the empty string.");
            return (start + match.Index, match.Length);
        }

        return null;
    }
}
