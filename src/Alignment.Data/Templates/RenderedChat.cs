namespace Alignment.Data;

/// <summary>A conversation as text.</summary>
/// <param name="Text">The text, its special tokens spelled.</param>
/// <param name="AssistantSpans">What the assistant says, in order: its messages with their ends of turn, without their headers.</param>
/// <param name="ReadsClock">Whether the text depends on the clock; a run that records its inputs then records the time too.</param>
public sealed record RenderedChat(string Text, IReadOnlyList<TextSpan> AssistantSpans, bool ReadsClock);
