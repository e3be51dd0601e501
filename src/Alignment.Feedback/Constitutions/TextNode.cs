namespace Alignment.Feedback;

/// <summary>A part of a YAML or JSON text that still knows its line.</summary>
/// <param name="Line">The line, from 1.</param>
internal abstract record TextNode(int Line)
{
    /// <param name="Line">The line.</param>
    /// <param name="Value">The text.</param>
    /// <param name="MayBeNumber">Whether it stands without quotes.</param>
    /// <param name="MayBeText">False for what JSON has without quotes: numbers, true, false and null.</param>
    public sealed record Scalar(int Line, string Value, bool MayBeNumber, bool MayBeText) : TextNode(Line);

    public sealed record Sequence(int Line, IReadOnlyList<TextNode> Items) : TextNode(Line);

    public sealed record Mapping(int Line, IReadOnlyList<(Scalar Name, TextNode Value)> Entries) : TextNode(Line);
}
