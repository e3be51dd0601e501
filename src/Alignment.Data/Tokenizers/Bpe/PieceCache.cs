using System.Runtime.InteropServices;

namespace Alignment.Data;

/// <summary>
/// Remembers the ids of short pieces: text repeats its words. Each piece has one place, which the last to come keeps, so
/// that memory is bounded and no lock is needed.
/// </summary>
internal sealed class PieceCache(IPieceModel model) : IPieceModel
{
    private const int Places = 1 << 16;
    private const int LongestPiece = 32;

    private readonly Entry?[] _entries = new Entry?[Places];

    public void Encode(ReadOnlySpan<char> piece, List<int> ids)
    {
        if (piece.Length > LongestPiece)
        {
            model.Encode(piece, ids);
            return;
        }

        ref var place = ref _entries[string.GetHashCode(piece) & (Places - 1)];
        var entry = Volatile.Read(ref place);
        if (entry is null || !piece.SequenceEqual(entry.Piece))
        {
            var start = ids.Count;
            model.Encode(piece, ids);
            Volatile.Write(ref place, new Entry(piece.ToString(), CollectionsMarshal.AsSpan(ids)[start..].ToArray()));
        }
        else if (entry.Ids.Length == 1)
        {
            ids.Add(entry.Ids[0]);
        }
        else
        {
            ids.AddRange(entry.Ids);
        }
    }

    private sealed record Entry(string Piece, int[] Ids);
}
