using System.Text;

namespace Alignment.Data;

/// <summary>SentencePiece's byte pair encoding: any two neighbours that make a piece merge, the one with the highest score first.</summary>
internal sealed class SentencePieceBpe : PairMerger, IPieceModel
{
    private const int Frozen = -2;   // what a user-defined piece is while others merge
    private const int None = -1;

    private readonly Dictionary<string, (int Rank, int Id)>.AlternateLookup<ReadOnlySpan<char>> _pieces;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _userDefined;
    private readonly int[] _userDefinedLengths;   // the longest first
    private readonly int?[] _bytes = new int?[256];
    private readonly int _unknown;
    private readonly int _longest;

    public SentencePieceBpe(SentencePieceFile file)
    {
        // Equal scores are equal ranks: among them the leftmost merges first.
        var ranks = file.Pieces.Where(piece => piece.Kind == SentencePieceKind.Normal).Select(piece => piece.Score)
            .Distinct().OrderDescending().Select((score, rank) => (score, rank)).ToDictionary(pair => pair.score, pair => pair.rank);
        var pieces = new Dictionary<string, (int, int)>();
        var userDefined = new Dictionary<string, int>();
        for (var id = 0; id < file.Pieces.Count; id++)
        {
            var piece = file.Pieces[id];
            switch (piece.Kind)
            {
                case SentencePieceKind.Normal:
                    pieces.Add(piece.Text, (ranks[piece.Score], id));
                    _longest = Math.Max(_longest, piece.Text.Length);
                    break;
                case SentencePieceKind.UserDefined:
                    userDefined.Add(piece.Text, id);
                    break;
                case SentencePieceKind.Unknown:
                    _unknown = id;
                    break;
                case SentencePieceKind.Byte when file.FallsBackToBytes && ByteTokens.TryRead(piece.Text, out var value):
                    _bytes[value] = id;
                    break;
            }
        }

        _pieces = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        _userDefined = userDefined.GetAlternateLookup<ReadOnlySpan<char>>();
        _userDefinedLengths = [.. userDefined.Keys.Select(text => text.Length).Distinct().OrderDescending()];
    }

    /// <inheritdoc/>
    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        var symbols = Split(piece);
        Merge(piece, symbols);
        var afterUnknown = false;
        foreach (var symbol in symbols)
        {
            if (symbol.Length == 0)
                continue;
            var text = piece.Slice(symbol.Start, symbol.Length);
            if (symbol.Id == Frozen)
                ids.Add(_userDefined[text]);
            else if (symbol.Id != None)
                ids.Add(symbol.Id);
            else if (!AddBytes(text, ids) && !afterUnknown)
                ids.Add(_unknown);
            afterUnknown = ids[^1] == _unknown;
        }
    }

    protected override bool TryMerge(ReadOnlySpan<char> piece, in Symbol left, in Symbol right, out int rank, out int id)
    {
        (rank, id) = (0, 0);
        var length = left.Length + right.Length;
        if (length > _longest || left.Id == Frozen || right.Id == Frozen || !_pieces.TryGetValue(piece.Slice(left.Start, length), out var merge))
            return false;
        (rank, id) = merge;
        return true;
    }

    private List<Symbol> Split(ReadOnlySpan<char> piece)
    {
        var symbols = new List<Symbol>(piece.Length);
        for (int start = 0, length; start < piece.Length; start += length)
        {
            var rest = piece[start..];
            var id = Frozen;
            length = UserDefinedLength(rest);
            if (length == 0)
            {
                Rune.DecodeFromUtf16(rest, out _, out length);
                id = _pieces.TryGetValue(rest[..length], out var known) ? known.Id : None;
            }

            symbols.Add(new Symbol { Id = id, Start = start, Length = length });
        }

        return symbols;
    }

    private int UserDefinedLength(ReadOnlySpan<char> rest)
    {
        foreach (var length in _userDefinedLengths)
        {
            if (length <= rest.Length && _userDefined.ContainsKey(rest[..length]))
                return length;
        }

        return 0;
    }

    private bool AddBytes(ReadOnlySpan<char> text, List<int> ids)
    {
        var start = ids.Count;
        foreach (var value in Encoding.UTF8.GetBytes(text.ToArray()))
        {
            if (_bytes[value] is not int id)
            {
                ids.RemoveRange(start, ids.Count - start);
                return false;
            }

            ids.Add(id);
        }

        return true;
    }
}
