using System.Text;
using System.Text.Unicode;
using Microsoft.ML.Tokenizers;

namespace Alignment.Data;

/// <summary>Byte pair encoding of text without added tokens: cut into pieces, each piece encoded on its own.</summary>
internal sealed class ByteLevelBpe
{
    private readonly TokenizerFile _file;
    private readonly PieceSplitter _splitter;
    private readonly BpeTokenizer _merger;
    private readonly Dictionary<string, int> _idsByText = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _wholePieces;
    private readonly byte[] _lostBytes;

    public ByteLevelBpe(TokenizerFile file)
    {
        _file = file;
        _splitter = new PieceSplitter(file.Splits);
        _merger = BpeTokenizer.Create(new BpeOptions(file.Vocabulary)
        {
            Merges = file.Merges,
            ByteLevel = true,
            UnknownToken = file.UnknownToken,
            FuseUnknownTokens = file.FusesUnknown,
        });

        var special = file.AddedTokens.Where(token => token.IsSpecial).Select(token => token.Id).ToHashSet();
        foreach (var (token, id) in file.Vocabulary)
        {
            if (!special.Contains(id) && ByteSymbols.AreIn(token) && ByteSymbols.ToBytes(token) is var bytes && Utf8.IsValid(bytes))
                _idsByText[Encoding.UTF8.GetString(bytes)] = id;
        }

        _wholePieces = _idsByText.GetAlternateLookup<ReadOnlySpan<char>>();
        _lostBytes = file.UnknownToken is null
            ? [.. ByteSymbols.AllBytes.Where(value => !file.Vocabulary.ContainsKey(ByteSymbols.Of(value).ToString()))]
            : [];
    }

    /// <summary>The token, other than a special one, that has exactly this text.</summary>
    public int? IdOf(string text) => _idsByText.TryGetValue(text, out var id) ? id : null;

    /// <summary>Appends the ids of a text without lone surrogates.</summary>
    public void Encode(string text, List<int> ids)
    {
        ThrowIfLost(text);
        foreach (var range in _splitter.Split(text))
        {
            var piece = text.AsSpan(range);
            if (_file.IgnoresMerges && _wholePieces.TryGetValue(piece, out var id))
                ids.Add(id);
            else
                ids.AddRange(_merger.EncodeToIds(piece, considerPreTokenization: false, considerNormalization: false));
        }
    }

    // Byte pair encoding would drop such a byte without a word.
    private void ThrowIfLost(string text)
    {
        if (_lostBytes.Length == 0)
            return;
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.AsSpan().IndexOfAny(_lostBytes) is >= 0 and var index)
        {
            throw new ArgumentException(
                $"{_file.Path}: has neither a token for the byte 0x{bytes[index]:X2} of the text nor an unk_token.", nameof(text));
        }
    }
}
