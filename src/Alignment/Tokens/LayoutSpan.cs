namespace Alignment;

/// <summary>Rows of a layout that follow one another.</summary>
/// <param name="Start">The first of them.</param>
/// <param name="Length">How many there are.</param>
internal readonly record struct LayoutSpan(int Start, int Length);
