namespace Alignment.Data.Reports;

/// <summary>Encodes rows whole, without the limit that training has, so that lengths can be seen.</summary>
internal sealed class RowTokenizer(ITokenizer tokenizer, EncodingOptions options)
{
    private readonly RecordEncoder _encoder = new(tokenizer, options with { MaxLength = null });

    public RowTokens Encode(IPromptRecord record)
    {
        try
        {
            return record switch
            {
                PreferencePair pair => Of(_encoder.Encode(pair)),
                UnpairedResponse response => Of(_encoder.Encode(new Demonstration(response.Prompt, response.Response))),
                Demonstration demonstration => Of(_encoder.Encode(demonstration)),
                _ => new RowTokens(_encoder.EncodePrompt(record.Prompt), []),
            };
        }
        catch (DataFormatException error)
        {
            return RowTokens.Refused(error.Message);
        }
    }

    /// <summary>The responses of a row as the model sees them.</summary>
    public IEnumerable<DataPreview> Preview(ReportRow row, RowTokens tokens) => tokens.Responses.Select((response, i) => new DataPreview(
        row.Reference(withText: false), row.Responses[i].Part,
        [new PreviewPiece(tokenizer.Decode(tokens.Prompt), Trained: false), new PreviewPiece(tokenizer.Decode(response), Trained: true)]));

    private static RowTokens Of(TokenizedPair pair) => new(pair.Prompt, [pair.Chosen, pair.Rejected]);

    private static RowTokens Of(TokenizedExample example) => new(example.Prompt, [example.Response]);
}
