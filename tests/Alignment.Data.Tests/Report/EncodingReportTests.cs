namespace Alignment.Data.Tests.Report;

/// <summary>Reports with a tokenizer: lengths, limits, beginning and end, previews.</summary>
public sealed class EncodingReportTests
{
    private static readonly ITokenizer Tokenizer = HuggingFaceTokenizer.FromPretrained(Path.Combine(Repository.Root, "samples", "data"));

    private static readonly DataReportOptions Options = new()
    {
        Tokenizer = Tokenizer,
        Encoding = new EncodingOptions { Format = new PromptFormat("<|user|>", "<|assistant|>"), MaxLength = 12 },
        IncludeExamples = true,
        Previews = 1,
    };

    [Fact]
    public async Task Lengths_limits_and_previews_are_of_tokens()
    {
        PreferencePair[] rows = [new("119", "119", "1"), new("1", "1", string.Concat(Enumerable.Repeat("1 9 ", 20)))];
        var report = await ReportData.Of(Options, rows);
        var encoder = new RecordEncoder(Tokenizer, Options.Encoding with { MaxLength = null });
        var tokens = rows.Select(encoder.Encode).ToList();   // of the encoder, which has tests of its own
        var table = report.Section("lengths")!.Tables.Single(one => one.Name == "tokens");
        Assert.Equal(tokens.Max(row => row.Rejected.Count), table.Rows.Single(row => row.Name == "rejected").Values[^1]);
        Assert.Equal(tokens.Average(row => row.Prompt.Count), table.Rows.Single(row => row.Name == "prompt").Values[0]);
        Assert.Equal((1, 0, 0.5), (report.Value("truncationTokens", "rejected"), report.Value("truncationTokens", "prompt"),
            report.Value("truncationTokens", "over")));
        Assert.Equal("1 row is over 12 tokens by the rejected text.", report.Finding("D503").Message);

        Assert.Equal(["chosen", "rejected"], report.Previews.Select(preview => preview.Part));
        Assert.Equal([new PreviewPiece("<|user|>119<|assistant|>", false), new PreviewPiece("119</s>", true)], report.Previews[0].Pieces);
        Assert.Contains("&lt;|user|&gt;119&lt;|assistant|&gt;<mark>119&lt;/s&gt;</mark>", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_training_would_leave_out_are_counted_by_cause()
    {
        var report = await ReportData.Of(Options with { Encoding = new EncodingOptions() }, [.. ReportData.Cleans(8), new("Same?", "yes", "yes"),
            new("", "a", "b")]);
        Assert.Equal((8, 2), (report.Value("encoding", "encoded"), report.Value("encoding", "refused")));
        Assert.Equal([("EmptyPrompt", 1.0), ("IdenticalResponses", 1.0)], report.Section("encoding")!.Tables.Single().Rows.Select(row => (row.Name,
            row.Values[0]!.Value)));
        Assert.Equal((FindingSeverity.Error, 2L), (report.Finding("D144").Severity, report.Finding("D144").Rows));
        Assert.StartsWith("2 rows can't be encoded. The first: ", report.Finding("D144").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_whose_template_writes_no_end_are_an_error()
    {
        Transcript Chat(params ChatMessage[] messages) => new(messages);
        var rows = Enumerable.Range(0, 3).Select(i => new PreferencePair(Chat(ReportData.User($"Ask {i}")), Chat(ReportData.Assistant("Good.")),
            Chat(ReportData.Assistant("Bad."))));
        var report = await ReportData.Of(Options with { Encoding = new EncodingOptions { Template = new Endless() } }, rows);
        Assert.Equal("3 rows have a response without an end token: the model would never learn to stop.", report.Finding("D143").Message);
        Assert.Equal(FindingSeverity.Error, report.Finding("D143").Severity);
    }

    [Fact]
    public async Task Every_kind_of_row_has_tokens()
    {
        var options = Options with { Encoding = new EncodingOptions() };
        var unpaired = await DataReport.OfAsync(ReportData.Stream(new UnpairedResponse("Ask", "Yes.", true), new UnpairedResponse("Ask", "No.",
            false)), options);
        var shown = await DataReport.OfAsync(ReportData.Stream(new Demonstration("Ask", "Yes.")), options);
        var prompts = await DataReport.OfAsync(ReportData.Stream(new PromptOnly("Ask")), options);
        Assert.Equal((2, 1, 1), (unpaired.Value("encoding", "encoded"), shown.Value("encoding", "encoded"), prompts.Value("encoding", "encoded")));
        Assert.Equal(["desirable"], unpaired.Previews.Select(preview => preview.Part));
        Assert.Equal(["response"], shown.Previews.Select(preview => preview.Part));
        Assert.Empty(prompts.Previews);
        Assert.Equal([RecordKind.Unpaired, RecordKind.Demonstrations, RecordKind.Prompts], ((DataReport[])[unpaired, shown, prompts]).Select(report =>
            report.Kind));
    }

    private sealed class Endless : IChatTemplate
    {
        public string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt) =>
            string.Concat(messages.Select(message => $"{message.Role}: {message.Content}\n")) + (addGenerationPrompt ? "assistant: " : "");
    }
}
