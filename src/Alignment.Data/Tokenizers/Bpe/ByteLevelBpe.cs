using System.Text;
using Microsoft.ML.Tokenizers;

namespace Alignment.Data;

/// <summary>Byte pair encoding over bytes, by Microsoft.ML.Tokenizers.</summary>
internal sealed class ByteLevelBpe : IPieceModel
{
    private readonly BpeFile _file;
    private readonly BpeTokenizer _merger;
    private readonly HashSet<int> _special;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly byte[] _lostBytes;

    public ByteLevelBpe(BpeFile file, IEnumerable<AddedToken> addedTokens)
    {
        _file = file;
        _special = [.. addedTokens.Where(token => token.IsSpecial).Select(token => token.Id)];
        _ids = file.Vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _merger = BpeTokenizer.Create(new BpeOptions(file.Vocabulary)
        {
            Merges = file.Merges.Select(merge => $"{merge.Left} {merge.Right}"),
            ByteLevel = true,
            UnknownToken = file.UnknownToken,
            FuseUnknownTokens = file.FusesUnknown,
        });
        _lostBytes = file.UnknownToken is null
            ? [.. ByteSymbols.AllBytes.Where(value => !file.Vocabulary.ContainsKey(ByteSymbols.Of(value).ToString()))]
            : [];
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        ThrowIfLost(piece);
        if (_file.IgnoresMerges && WholePiece(piece) is int id)
            ids.Add(id);
        else
            ids.AddRange(_merger.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
    }

    // Plain text must not produce a special token.
    private int? WholePiece(ReadOnlySpan<char> piece)
    {
        if (piece.Length > _file.LongestToken)
            return null;
        var symbols = ByteSymbols.Of(piece);
        return _ids.TryGetValue(symbols, out var id) && !_special.Contains(id) ? id : null;
    }

    // Byte pair encoding would drop such a byte without a word.
    private void ThrowIfLost(ReadOnlySpan<char> piece)
    {
        if (_lostBytes.Length == 0)
            return;
        var bytes = Encoding.UTF8.GetBytes(piece.ToArray());
        if (bytes.AsSpan().IndexOfAny(_lostBytes) is >= 0 and var index)
            throw new ArgumentException($"{_file.Path}: has neither a token for the byte 0x{bytes[index]:X2} of the text nor an unk_token.");
    }
}
