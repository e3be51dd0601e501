using System.Text;

namespace Alignment.Data;

/// <summary>
/// Byte pair encoding over characters, of our own: as of Llama 2 and Gemma, where a character outside the vocabulary
/// becomes the tokens of its bytes (byte fallback), which Microsoft.ML.Tokenizers does not know.
/// </summary>
internal sealed class CharacterBpe : PairMerger, IPieceModel
{
    private readonly BpeFile _file;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly Dictionary<long, (int Rank, int Id)> _merges = [];
    private readonly int?[] _bytes = new int?[256];
    private readonly int? _unknown;
    private readonly HashSet<int> _special;

    public CharacterBpe(BpeFile file, IEnumerable<AddedToken> addedTokens)
    {
        _file = file;
        _special = [.. addedTokens.Where(token => token.IsSpecial).Select(token => token.Id)];
        _ids = file.Vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknown = file.UnknownToken is null ? null : file.Vocabulary[file.UnknownToken];
        foreach (var (left, right) in file.Merges)
            _merges.Add(Pair(file.Vocabulary[left], file.Vocabulary[right]), (_merges.Count, file.Vocabulary[left + right]));
        for (var value = 0; file.FallsBackToBytes && value < 256; value++)
            _bytes[value] = file.Vocabulary.TryGetValue(ByteTokens.Of((byte)value), out var id) ? id : null;
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (_file.IgnoresMerges && IsToken(piece, out var id))
        {
            ids.Add(id);
            return;
        }

        var symbols = Split(piece);
        Merge(piece, symbols);
        foreach (var symbol in symbols)
        {
            if (symbol.Length > 0)
                ids.Add(symbol.Id);
        }
    }

    protected override bool TryMerge(ReadOnlySpan<char> piece, in Symbol left, in Symbol right, out int rank, out int id)
    {
        var known = _merges.TryGetValue(Pair(left.Id, right.Id), out var merge);
        (rank, id) = merge;
        return known;
    }

    private static long Pair(int left, int right) => ((long)left << 32) | (uint)right;

    // A character is a token, or its bytes are, or it is unknown. An unknown one waits for its neighbours where they fuse.
    private List<Symbol> Split(ReadOnlySpan<char> piece)
    {
        var symbols = new List<Symbol>(piece.Length);
        var unknown = 0;   // characters that wait
        Span<byte> utf8 = stackalloc byte[4];
        for (int start = 0, length; start < piece.Length; start += length)
        {
            Rune.DecodeFromUtf16(piece[start..], out var rune, out length);
            if (IsToken(piece.Slice(start, length), out var id))
            {
                Flush(ref unknown, start);
                symbols.Add(new Symbol { Id = id, Start = start, Length = length });
                continue;
            }

            var bytes = utf8[..rune.EncodeToUtf8(utf8)];
            if (AllHaveTokens(bytes))
            {
                foreach (var value in bytes)
                    symbols.Add(new Symbol { Id = _bytes[value]!.Value, Start = start, Length = 1 });
                continue;
            }

            if (!_file.FusesUnknown)
                Flush(ref unknown, start);
            unknown += _unknown is null ? throw Lost(rune) : length;
        }

        Flush(ref unknown, piece.Length);
        return symbols;

        void Flush(ref int unknown, int end)
        {
            if (unknown > 0)
                symbols.Add(new Symbol { Id = _unknown!.Value, Start = end - unknown, Length = unknown });
            unknown = 0;
        }
    }

    // Plain text must not produce a special token.
    private bool IsToken(ReadOnlySpan<char> text, out int id) => _ids.TryGetValue(text, out id) && !_special.Contains(id);

    private bool AllHaveTokens(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (_bytes[value] is null)
                return false;
        }

        return true;
    }

    private ArgumentException Lost(Rune rune)
        => new($"{_file.Path}: has neither a token for the character U+{rune.Value:X4} of the text nor an unk_token.");
}
