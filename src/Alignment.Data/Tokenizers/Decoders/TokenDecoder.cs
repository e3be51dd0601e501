using System.Text;

namespace Alignment.Data;

/// <summary>Ids back to text. Safe to use from several threads.</summary>
internal abstract class TokenDecoder
{
    private readonly HashSet<int> _special;

    protected TokenDecoder(IEnumerable<AddedToken> addedTokens)
        => _special = [.. addedTokens.Where(token => token.IsSpecial).Select(token => token.Id)];

    public abstract IncrementalDecoder Start(bool skipSpecialTokens);

    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        var decoder = Start(skipSpecialTokens);
        var text = new StringBuilder();
        foreach (var id in ids)
            text.Append(decoder.Append(id));
        return text.Append(decoder.Finish()).ToString();
    }

    protected bool IsLeftOut(int id, bool skipSpecialTokens)
        => id < 0
            ? throw new ArgumentOutOfRangeException(nameof(id), id, "A token id must be 0 or greater.")
            : skipSpecialTokens && _special.Contains(id);
}
