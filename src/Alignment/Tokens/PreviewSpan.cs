namespace Alignment;

/// <summary>A part of a decoded sequence.</summary>
/// <param name="Text">Its text, special tokens spelled.</param>
/// <param name="IsTrained">Whether a model learns to write it; otherwise it only reads it.</param>
/// <param name="TokenCount">How many tokens it has.</param>
public sealed record PreviewSpan(string Text, bool IsTrained, int TokenCount);
