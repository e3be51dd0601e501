namespace Alignment.Data;

/// <summary>
/// Cuts between two characters that no token has side by side: no merge reaches across, so the ids stay the same. Where spaces are
/// letters like others and a text is one piece, this makes words of it, which can be remembered.
/// </summary>
internal sealed class BorderSplit : PreTokenizer
{
    private readonly HashSet<uint> _neighbours = [];

    /// <param name="tokens">All that merging can make or must find whole.</param>
    public BorderSplit(IEnumerable<string> tokens)
    {
        foreach (var token in tokens)
        {
            for (var i = 1; i < token.Length; i++)
                _neighbours.Add(Pair(token[i - 1], token[i]));
        }
    }

    public override void Cut(Piece piece, List<Piece> pieces)
    {
        var text = piece.Span;
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (_neighbours.Contains(Pair(text[i - 1], text[i])) || char.IsSurrogatePair(text[i - 1], text[i]))
                continue;
            pieces.Add(piece.Slice(start, i - start));
            start = i;
        }

        pieces.Add(piece.Slice(start, text.Length - start));
    }

    private static uint Pair(char left, char right) => ((uint)left << 16) | right;
}
