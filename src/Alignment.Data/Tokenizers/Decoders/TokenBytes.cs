using System.Text;

namespace Alignment.Data;

/// <summary>Tokens as bytes ("ByteLevel"): those of all tokens are joined before they are read as UTF-8.</summary>
internal sealed class TokenBytes : TokenDecoder
{
    private readonly Dictionary<int, byte[]> _bytes = [];

    public TokenBytes(IReadOnlyDictionary<string, int> vocabulary, IReadOnlyList<AddedToken> addedTokens)
        : base(addedTokens)
    {
        foreach (var (token, id) in vocabulary)
            _bytes[id] = ByteSymbols.ToBytes(token);
        foreach (var token in addedTokens)
            _bytes.TryAdd(token.Id, Encoding.UTF8.GetBytes(token.Content));   // its content is text, not byte symbols
    }

    public override IncrementalDecoder Start(bool skipSpecialTokens) => new Run(this, skipSpecialTokens);

    private sealed class Run(TokenBytes tokens, bool skipSpecialTokens) : IncrementalDecoder
    {
        private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();   // keeps the bytes of a character that has begun

        public override string Append(int id)
            => !tokens.IsLeftOut(id, skipSpecialTokens) && tokens._bytes.TryGetValue(id, out var bytes) ? Read(bytes, isLast: false) : "";

        public override string Finish() => Read([], isLast: true);

        private string Read(ReadOnlySpan<byte> bytes, bool isLast)
        {
            var count = _utf8.GetCharCount(bytes, isLast);
            if (count == 0 && bytes.IsEmpty)
                return "";
            Span<char> text = count <= 256 ? stackalloc char[256] : new char[count];
            return text[.._utf8.GetChars(bytes, text, isLast)].ToString();
        }
    }
}
