namespace Alignment.Data;

/// <summary>A part of a text that is encoded on its own.</summary>
/// <param name="Text">The text that holds it.</param>
/// <param name="Start">Where it begins there.</param>
/// <param name="Length">How long it is.</param>
/// <param name="IsFirst">Whether the whole text begins with it.</param>
internal readonly record struct Piece(string Text, int Start, int Length, bool IsFirst)
{
    public ReadOnlySpan<char> Span => Text.AsSpan(Start, Length);

    public Piece Slice(int start, int length) => new(Text, Start + start, length, IsFirst && start == 0);
}
