using System.Buffers;
using System.Text;

namespace Alignment.Data;

/// <summary>Ids back to text: the bytes of all tokens are joined before they are read as UTF-8.</summary>
internal sealed class TokenBytes
{
    private readonly Dictionary<int, byte[]> _bytes = [];
    private readonly HashSet<int> _special = [];

    public TokenBytes(TokenizerFile file)
    {
        foreach (var (token, id) in file.Vocabulary)
            _bytes[id] = ByteSymbols.ToBytes(token);
        foreach (var token in file.AddedTokens)
        {
            _bytes[token.Id] = Encoding.UTF8.GetBytes(token.Content);   // its content is text, not byte symbols
            if (token.IsSpecial)
                _special.Add(token.Id);
        }

        Count = _bytes.Keys.Max() + 1;
    }

    /// <summary>The largest id plus one.</summary>
    public int Count { get; }

    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var id in ids)
        {
            if (id < 0)
                throw new ArgumentOutOfRangeException(nameof(ids), id, "A token id must be 0 or greater.");
            if (_bytes.TryGetValue(id, out var token) && !(skipSpecialTokens && _special.Contains(id)))
                bytes.Write(token);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
