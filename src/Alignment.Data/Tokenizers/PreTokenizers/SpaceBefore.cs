namespace Alignment.Data;

/// <summary>Puts a space before each piece that begins with none.</summary>
internal sealed class SpaceBefore : PreTokenizer
{
    public override void Cut(Piece piece, List<Piece> pieces)
        => pieces.Add(piece.Span[0] == ' ' ? piece : new Piece($" {piece.Span}", 0, piece.Length + 1, piece.IsFirst));
}
