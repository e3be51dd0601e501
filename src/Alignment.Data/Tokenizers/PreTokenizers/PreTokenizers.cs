namespace Alignment.Data;

/// <summary>Cuts a text into the pieces that are encoded one by one.</summary>
/// <param name="steps">What cuts, in order.</param>
/// <param name="asBytes">Whether the pieces are encoded as bytes rather than characters ("ByteLevel").</param>
internal sealed class PreTokenizers(IReadOnlyList<PreTokenizer> steps, bool asBytes)
{
    public bool AsBytes => asBytes;

    /// <summary>The same with another step after these, if there is one.</summary>
    public PreTokenizers Then(PreTokenizer? step) => step is null ? this : new PreTokenizers([.. steps, step], asBytes);

    /// <summary>The pieces in order, none empty.</summary>
    /// <param name="text">A text without added tokens.</param>
    /// <param name="isFirst">Whether nothing came before it.</param>
    /// <exception cref="TokenizerFormatException">An expression takes too long.</exception>
    public List<Piece> Cut(string text, bool isFirst)
    {
        List<Piece> pieces = text.Length > 0 ? [new Piece(text, 0, text.Length, isFirst)] : [];
        foreach (var step in steps)
        {
            var finer = new List<Piece>(Math.Max(pieces.Count, text.Length / 4));
            foreach (var piece in pieces)
                step.Cut(piece, finer);
            pieces = finer;
        }

        return pieces;
    }
}
