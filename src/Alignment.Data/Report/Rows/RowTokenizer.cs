namespace Alignment.Data.Reports;

/// <summary>Encodes rows whole, without the limit that training has, so that lengths can be seen.</summary>
internal sealed class RowTokenizer(ITokenizer tokenizer, EncodingOptions options)
{
    private readonly RecordEncoder _encoder = new(tokenizer, options with { MaxLength = null });

    /// <summary>What the encoder has seen and done so far.</summary>
    public EncodingCounts Counts => _encoder.Counts;

    public RowTokens Encode(IPromptRecord record)
    {
        var before = Counts.UnterminatedResponses;
        try
        {
            var tokens = record switch
            {
                PreferencePair pair => Of(_encoder.Encode(pair)),
                UnpairedResponse response => Of(_encoder.Encode(response)),
                Demonstration demonstration => Of(_encoder.Encode(demonstration)),
                PromptOnly prompt => new RowTokens(_encoder.Encode(prompt).Ids, []),
                _ => throw new ArgumentException($"There are no tokens of a {record.GetType().Name}.", nameof(record)),
            };
            return tokens with { HasNoEnd = Counts.UnterminatedResponses > before };
        }
        catch (DataFormatException error)
        {
            return RowTokens.Refused(error.Message);
        }
    }

    /// <summary>The responses of a row as the model sees them.</summary>
    public IEnumerable<DataPreview> Preview(ReportRow row, RowTokens tokens) => tokens.Preview?.Invoke(tokenizer).Sequences.Select(sequence =>
        new DataPreview(row.Reference(withText: false), sequence.Name, [.. sequence.Spans.Select(span => new PreviewPiece(span.Text, span.IsTrained))])) ?? [];

    private static RowTokens Of(TokenizedPair row) => new(row.Prompt, [row.Chosen, row.Rejected]) { Preview = tokenizer => EncodingPreview.Of(row, tokenizer) };

    private static RowTokens Of(TokenizedExample row) => new(row.Prompt, [row.Response]) { Preview = tokenizer => EncodingPreview.Of(row, tokenizer) };

    private static RowTokens Of(TokenizedResponse row) => new(row.Prompt, [row.Response]) { Preview = tokenizer => EncodingPreview.Of(row, tokenizer) };
}
