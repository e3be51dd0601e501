namespace Alignment.Data;

/// <summary>One step of cutting: every piece into smaller ones.</summary>
internal abstract class PreTokenizer
{
    /// <summary>Appends what the piece is cut into, nothing empty.</summary>
    public abstract void Cut(Piece piece, List<Piece> pieces);
}
