namespace Alignment.Data;

/// <summary>An entry of a SentencePiece vocabulary.</summary>
/// <param name="Text">Its text; a space is U+2581.</param>
/// <param name="Score">The higher, the sooner it is merged.</param>
/// <param name="Kind">What it is for.</param>
internal readonly record struct SentencePiece(string Text, float Score, SentencePieceKind Kind);
