using Alignment.Data.Transforms;

namespace Alignment.Data.Reports;

/// <summary>Makes of each record the row that measures look at: texts and their keys, tokens, earlier rows with its prompt.</summary>
internal sealed class RowSource
{
    private readonly DataReportOptions _options;
    private readonly TextHasher _hasher = new();
    private readonly List<DataPreview> _previews = [];

    public RowSource(DataReportOptions options)
    {
        _options = options;
        Tokenizer = options.Tokenizer is null ? null : new RowTokenizer(options.Tokenizer, options.Encoding);
        Prompts = new PromptIndex(options.NearDuplicates ? new NearDuplicateIndex().Add : null);
    }

    public PromptIndex Prompts { get; }

    public RowTokenizer? Tokenizer { get; }

    public IReadOnlyList<DataPreview> Previews => _previews;

    public ReportRow Next(IPromptRecord record, long number, bool heldOut)
    {
        var row = ReportRow.Of(record, number, heldOut, _hasher);
        row = row with { Match = Prompts.Add(row) };
        if (Tokenizer is null || heldOut) return row;

        var tokens = Tokenizer.Encode(record);
        if (tokens.Refusal is not null) return row with { Tokens = tokens };
        if (_options.IncludeExamples && number < _options.Previews) _previews.AddRange(Tokenizer.Preview(row, tokens));
        return row with
        {
            Tokens = tokens,
            Prompt = row.Prompt with { Tokens = tokens.Prompt.Count },
            Responses = [.. row.Responses.Select((response, i) => response with { Tokens = tokens.Responses[i].Count })],
        };
    }
}
