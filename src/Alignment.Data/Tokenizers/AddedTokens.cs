namespace Alignment.Data;

/// <summary>
/// Finds added tokens on both sides of normalization: those that want the text as it is first, the others in the normalized
/// text between them.
/// </summary>
internal sealed class AddedTokens(IEnumerable<AddedToken> tokens, Func<string, string> normalize)
{
    private readonly AddedTokenScanner _before = new(tokens.Where(token => !token.InNormalizedText));
    private readonly AddedTokenScanner _after = new(tokens.Where(token => token.InNormalizedText)
        .Select(token => token with { Content = normalize(token.Content) }));

    /// <summary>The parts in order: an added token, or with a null token the normalized text between two.</summary>
    public IEnumerable<(string Text, AddedToken? Token)> Split(string text)
    {
        foreach (var (range, token) in _before.Scan(text))
        {
            if (token is not null)
            {
                yield return (text[range], token);
                continue;
            }

            var normalized = normalize(text[range]);
            foreach (var (inner, innerToken) in _after.Scan(normalized))
                yield return (normalized[inner], innerToken);
        }
    }
}
