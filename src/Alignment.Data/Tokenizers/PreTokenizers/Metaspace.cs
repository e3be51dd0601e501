namespace Alignment.Data;

/// <summary>SentencePiece's spaces: each is written as a visible sign, and one may be put before the text.</summary>
/// <param name="sign">What stands for a space, U+2581 in every published file.</param>
/// <param name="prefix">Which pieces get one put before them, unless they begin with it.</param>
/// <param name="cuts">Whether each sign begins a piece.</param>
internal sealed class Metaspace(char sign, Metaspace.Prefix prefix, bool cuts) : PreTokenizer
{
    public enum Prefix
    {
        Never,
        First,
        Always,
    }

    public override void Cut(Piece piece, List<Piece> pieces)
    {
        var text = piece.Span.ToString().Replace(' ', sign);
        if ((prefix == Prefix.Always || (prefix == Prefix.First && piece.IsFirst)) && text[0] != sign)
            text = sign + text;

        var whole = new Piece(text, 0, text.Length, piece.IsFirst);
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = cuts ? text.IndexOf(sign, start + 1) : -1;
            if (end < 0)
                end = text.Length;
            pieces.Add(whole.Slice(start, end - start));
        }
    }
}
