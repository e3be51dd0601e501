namespace Alignment.Data;

/// <summary>
/// Finds added tokens on both sides of normalization: those that want the text as it is first, the others in the normalized
/// text between them.
/// </summary>
internal sealed class AddedTokens
{
    private readonly Func<string, string> _normalize;
    private readonly AddedTokenScanner _before;
    private readonly AddedTokenScanner _after;

    public AddedTokens(IEnumerable<AddedToken> tokens, Func<string, string> normalize)
    {
        _normalize = normalize;
        _before = new AddedTokenScanner(tokens.Where(token => !token.InNormalizedText));
        _after = new AddedTokenScanner(tokens.Where(token => token.InNormalizedText)
            .Select(token => token with { Content = normalize(token.Content) }));
    }

    /// <summary>The parts in order: an added token, or with a null token the normalized text between two.</summary>
    public IEnumerable<(string Text, AddedToken? Token, bool IsFirst)> Split(string text)
    {
        foreach (var (range, token) in _before.Scan(text))
        {
            var isFirst = range.Start.Value == 0;
            if (token is not null)
            {
                yield return (text[range], token, isFirst);
                continue;
            }

            var normalized = _normalize(text[range]);
            foreach (var (inner, innerToken) in _after.Scan(normalized))
                yield return (normalized[inner], innerToken, isFirst && inner.Start.Value == 0);
        }
    }
}
