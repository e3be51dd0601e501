using System.Text;

namespace Alignment.Tests.Generation;

/// <summary>A token for each byte, a special token that ends, and tokens of several bytes.</summary>
internal sealed class ByteTokenizer(params string[] pieces) : ITokenizer
{
    public const int End = 256;

    public int VocabularySize => 257 + pieces.Length;

    public int? BeginId => null;

    public int? EndId => End;

    public int? PadId => null;

    public IReadOnlyList<int> Encode(string text) => [.. Encoding.UTF8.GetBytes(text).Select(b => (int)b)];

    public IReadOnlyList<int> EncodeWithSpecialTokens(string text) => Encode(text);

    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false) =>
        Encoding.UTF8.GetString([.. ids.SelectMany(id => id < End ? [(byte)id] : id == End ? Special(skipSpecialTokens) : Encoding.UTF8.GetBytes(pieces[id - End - 1]))]);

    public int? IdOf(string token) => null;

    private static byte[] Special(bool isSkipped) => isSkipped ? [] : Encoding.UTF8.GetBytes("<end>");
}
