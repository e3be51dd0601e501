namespace Alignment.Data.Reports;

/// <summary>Which measures look at which kind of rows, in the order in which a reader wants them. A new measure is a file and a line here.</summary>
internal static class Measures
{
    public static IReadOnlyList<Measure> Of(RecordKind kind, DataReportOptions options, RowSource source)
    {
        var isPairs = kind == RecordKind.Pairs;
        var isUnpaired = kind == RecordKind.Unpaired;
        var inTokens = options.Tokenizer is not null;
        var log = isPairs ? new JudgementLog() : null;
        List<Measure?> measures =
        [
            new CountMeasure(source.Prompts),
            new LengthMeasure(kind),
            inTokens && options.Encoding.MaxLength is { } tokens
                ? new TruncationMeasure(kind, "truncationTokens", "tokens", tokens, text => text.Tokens, options) : null,
            options.MaxCharacters is { } characters
                ? new TruncationMeasure(kind, "truncationCharacters", "characters", characters, text => text.Characters, options) : null,
            isPairs ? new PairLengthMeasure(inTokens) : isUnpaired ? new UnpairedLengthMeasure(inTokens) : null,
            isUnpaired ? new ClassRatioMeasure(options) : null,
            new DuplicateMeasure(options, source.Prompts),
            new LeakMeasure(options),
            isPairs ? new IdenticalMeasure(options) : null,
            log is not null ? new ConsistencyMeasure(options, log) : null,
            isPairs ? new MarginMeasure(options) : null,
            isPairs || isUnpaired ? new NoiseMeasure(kind, options, log) : null,
            isPairs ? new SmellMeasure(options) : null,
            new RefusalMeasure(kind, options),
            new LanguageMeasure(kind, options),
            new ShapeMeasure(options),
            new TextFaultMeasure(options),
            source.Tokenizer is { } tokenizer ? new EncodingMeasure(kind, tokenizer, options) : null,
        ];
        return [.. measures.OfType<Measure>()];
    }
}
