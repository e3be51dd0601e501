namespace Alignment.Data.Reports;

/// <summary>A record of any kind as the measures see it.</summary>
/// <param name="Number">Its place in its stream, from 0.</param>
/// <param name="HeldOut">Whether it comes from the held-out stream.</param>
/// <param name="Record">The record.</param>
/// <param name="Prompt">Its prompt.</param>
/// <param name="Responses">Chosen and rejected, one response, or none.</param>
internal sealed record ReportRow(long Number, bool HeldOut, IPromptRecord Record, ReportText Prompt, IReadOnlyList<ReportText> Responses)
{
    /// <summary>Where the prompt was seen before.</summary>
    public PromptMatch Match { get; init; } = PromptMatch.None;

    /// <summary>The row in tokens, or null without an encoder.</summary>
    public RowTokens? Tokens { get; init; }

    public ReportText Chosen => Responses[0];

    public ReportText Rejected => Responses[1];

    /// <summary>Prompt and responses, in order.</summary>
    public IEnumerable<ReportText> Texts => Responses.Prepend(Prompt);

    public static ReportRow Of(IPromptRecord record, long number, bool heldOut, TextHasher hasher)
    {
        ReportText Text(string part, Transcript transcript) => ReportText.Of(part, transcript, hasher);
        return new ReportRow(number, heldOut, record, Text(Parts.Prompt, record.Prompt), record switch
        {
            PreferencePair pair => [Text(Parts.Chosen, pair.Chosen), Text(Parts.Rejected, pair.Rejected)],
            UnpairedResponse response => [Text(response.IsDesirable ? Parts.Desirable : Parts.Undesirable, response.Response)],
            Demonstration demonstration => [Text(Parts.Response, demonstration.Response)],
            _ => [],
        });
    }

    public RowReference Reference(bool withText) => new(Number, HeldOut, Record.Id, Record.Source, withText ? Beginnings() : null);

    private string Beginnings() => string.Join(" | ", Texts.Select(text => $"{text.Part}: {Excerpt.Of(text.Text)}"));
}
