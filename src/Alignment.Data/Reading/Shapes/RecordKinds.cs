namespace Alignment.Data.Reading;

/// <summary>Every kind of record with the shapes it is read from, in the order in which they are tried.</summary>
internal static class RecordKinds
{
    private const string ResponseNeeds = "columns prompt and completion (text or messages), or messages";

    public static RecordKind<PreferencePair> Preferences { get; } = new RecordKind<PreferencePair, PairParts>(
        "columns chosen and rejected, both text or both messages, with a prompt or with a common beginning",
        [new PromptAndPair(), new ConversationPair(), new TranscriptPair(), new TextPair()],
        columns =>
        {
            var (margin, common) = (new MarginColumns(columns), new CommonColumns(columns, hasWeight: true));
            return (row, parts) => new PreferencePair(parts.Prompt, parts.Chosen, parts.Rejected)
            {
                Margin = margin.Read(row),
                Weight = common.Weight(row),
                Id = common.Id(row),
                Source = common.Source(row),
            };
        });

    public static RecordKind<UnpairedResponse> Unpaired { get; } = new RecordKind<UnpairedResponse, ResponseParts>(
        $"a column label (booleans, or numbers 0 and 1) and {ResponseNeeds}",
        [new PromptAndResponse(), new ConversationAndResponse()],
        columns =>
        {
            if (columns.Find(ColumnNames.Label, ColumnKind.Boolean | ColumnKind.Number) is not { } label) return null;
            var common = new CommonColumns(columns, hasWeight: true);
            return (row, parts) => new UnpairedResponse(parts.Prompt, parts.Response, row.Label(label))
            {
                Weight = common.Weight(row),
                Id = common.Id(row),
                Source = common.Source(row),
            };
        });

    public static RecordKind<PromptOnly> Prompts { get; } = new RecordKind<PromptOnly, Transcript>(
        "a column prompt (text or messages), messages or text",
        [new PromptAlone(), new OpenConversation(), new PlainText()],
        columns =>
        {
            var common = new CommonColumns(columns, hasWeight: false);
            return (row, prompt) => new PromptOnly(prompt) { Id = common.Id(row), Source = common.Source(row) };
        });

    public static RecordKind<Demonstration> Demonstrations { get; } = new RecordKind<Demonstration, ResponseParts>(
        ResponseNeeds,
        [new PromptAndResponse(), new ConversationAndResponse()],
        columns =>
        {
            var common = new CommonColumns(columns, hasWeight: true);
            return (row, parts) => new Demonstration(parts.Prompt, parts.Response) { Weight = common.Weight(row), Id = common.Id(row), Source = common.Source(row) };
        });

    public static RecordKind<RatedResponse> Rated { get; } = new RecordKind<RatedResponse, ResponseParts>(
        $"a column rating (numbers) and {ResponseNeeds}",
        [new PromptAndResponse(), new ConversationAndResponse()],
        columns =>
        {
            if (columns.Find(ColumnNames.Rating, ColumnKind.Number) is not { } rating) return null;
            var common = new CommonColumns(columns, hasWeight: false);
            return (row, parts) => new RatedResponse(parts.Prompt, parts.Response, row.Number(rating)) { Id = common.Id(row), Source = common.Source(row) };
        });
}
