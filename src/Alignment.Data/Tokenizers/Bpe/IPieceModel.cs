namespace Alignment.Data;

/// <summary>Encodes one piece of text. Safe to use from several threads.</summary>
internal interface IPieceModel
{
    /// <summary>Appends the ids of a piece without lone surrogates.</summary>
    void Encode(ReadOnlySpan<char> piece, List<int> ids);
}
