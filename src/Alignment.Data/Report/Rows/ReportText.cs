namespace Alignment.Data.Reports;

/// <summary>A prompt or a response, and what all measures want to know of it.</summary>
/// <param name="Part">What it is in its row: <c>prompt</c>, <c>chosen</c>, <c>rejected</c>, <c>desirable</c>, <c>undesirable</c>, <c>response</c>.</param>
/// <param name="Transcript">As it was read.</param>
/// <param name="Text">The plain text, or what the messages say, one a line.</param>
/// <param name="Key">Stands for the text; see <see cref="TextHasher"/>.</param>
internal sealed record ReportText(string Part, Transcript Transcript, string Text, UInt128 Key)
{
    /// <summary>Its tokens, or null without an encoder or where the row can't be encoded.</summary>
    public int? Tokens { get; init; }

    public int Characters => Text.Length;

    public bool IsEmpty => string.IsNullOrWhiteSpace(Text);

    public static ReportText Of(string part, Transcript transcript, TextHasher hasher) =>
        new(part, transcript, transcript.Text ?? string.Join('\n', transcript.Messages!.Select(message => message.Content)), hasher.Of(transcript));
}
