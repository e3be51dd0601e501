namespace Alignment.Data;

/// <summary>A row as the model sees it: its tokens decoded again, and which of them are trained.</summary>
/// <param name="Row">The row.</param>
/// <param name="Part">Which of its responses, for example <c>chosen</c>.</param>
/// <param name="Pieces">The text in order, special tokens spelled.</param>
public sealed record DataPreview(RowReference Row, string Part, IReadOnlyList<PreviewPiece> Pieces);
