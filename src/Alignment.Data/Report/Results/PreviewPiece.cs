namespace Alignment.Data;

/// <summary>A stretch of decoded text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Trained">Whether its tokens count in a loss.</param>
public sealed record PreviewPiece(string Text, bool Trained);
