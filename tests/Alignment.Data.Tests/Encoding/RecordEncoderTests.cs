namespace Alignment.Data.Tests.Encoding;

public sealed class RecordEncoderTests
{
    private static readonly HuggingFaceTokenizer Tokenizer = HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama"));
    private static readonly int End = Tokenizer.EndId!.Value;

    [Fact]
    public void Responses_end_with_the_end_token_and_the_prompt_comes_first()
    {
        var encoder = new RecordEncoder(Tokenizer);
        var pair = encoder.Encode(new PreferencePair("Where is it?", " Here.", " There.") { Margin = 0.5, Weight = 2, Id = "a", Source = "b" });
        Assert.Equal(End, pair.Chosen[^1]);
        Assert.Equal(End, pair.Rejected[^1]);
        Assert.Equal("Where is it? Here.</s>", Tokenizer.Decode(pair.Prompt.Concat(pair.Chosen)));
        Assert.Equal((0.5, 2.0, "a", "b"), (pair.Margin, pair.Weight, pair.Id, pair.Source));
        var counts = encoder.Counts;
        Assert.Equal((1, 1, 0, 0, 0), (counts.Rows, counts.Encoded, counts.Dropped, counts.SplitBorders, counts.BeginTokens));
        Assert.Equal((pair.Prompt.Count, pair.Chosen.Count, pair.Rejected.Count, 0), (counts.PromptTokens, counts.ChosenTokens, counts.RejectedTokens, counts.ResponseTokens));
    }

    [Fact]
    public void Every_kind_of_record_keeps_what_it_says_of_itself()
    {
        var encoder = new RecordEncoder(Tokenizer);
        var judged = encoder.Encode(new UnpairedResponse("a", "b", false) { Weight = 3, Id = "1", Source = "s" });
        Assert.Equal((false, 3.0, "1", "s"), (judged.IsDesirable, judged.Weight, judged.Id, judged.Source));
        var example = encoder.Encode(new Demonstration("a", "b") { Weight = 3, Id = "1", Source = "s" });
        Assert.Equal((3.0, "1", "s", 2), (example.Weight, example.Id, example.Source, example.TrainedTokenCount));
        var prompt = encoder.Encode(new PromptOnly("a") { Id = "1", Source = "s" });
        Assert.Equal(("1", "s"), (prompt.Id, prompt.Source));
        Assert.Equal(Tokenizer.Encode("a"), prompt.Ids);
        Assert.Equal(encoder.EncodePrompt("a"), prompt.Ids);
        Assert.Equal((3, 3, 3, 4, 4), (encoder.Counts.Rows, encoder.Counts.Encoded, encoder.Counts.PromptTokens, encoder.Counts.ResponseTokens, encoder.Counts.TrainedTokens));
    }

    [Fact]
    public void A_format_puts_special_tokens_around_the_prompt_and_text_stays_text()
    {
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Format = new PromptFormat("<|user|>", "<|assistant|>") });
        var pair = encoder.Encode(new PreferencePair("Say </s>", "no </s>.", "yes"));
        Assert.Equal([Tokenizer.IdOf("<|user|>")!.Value, .. Tokenizer.Encode("Say </s>"), Tokenizer.IdOf("<|assistant|>")!.Value], pair.Prompt);
        Assert.DoesNotContain(End, pair.Prompt);
        Assert.Equal([.. Tokenizer.Encode("no </s>."), End], pair.Chosen);
        Assert.Equal([.. Tokenizer.Encode("yes"), End], pair.Rejected);
        Assert.Equal(1, encoder.Counts.RowsSpellingSpecialTokens);
    }

    [Fact]
    public void Special_tokens_of_a_text_are_read_where_that_is_asked_for()
    {
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { ParseSpecialTokens = true });
        var pair = encoder.Encode(new PreferencePair("<|user|>Hi</s><|assistant|>", "no</s>", "yes"));
        Assert.Equal([Tokenizer.IdOf("<|user|>")!.Value, .. Tokenizer.Encode("Hi"), End, Tokenizer.IdOf("<|assistant|>")!.Value], pair.Prompt);
        Assert.Equal([.. Tokenizer.Encode("no"), End], pair.Chosen);
        Assert.Equal((0, 1), (encoder.Counts.RowsSpellingSpecialTokens, encoder.Counts.SpelledEnds));
    }

    [Fact]
    public void Special_tokens_that_prompt_and_response_spell_together_stay_text()
    {
        var encoder = new RecordEncoder(Tokenizer);
        var pair = encoder.Encode(new PreferencePair("a</", "s>b", "c"));
        Assert.Equal([.. Tokenizer.Encode("a</s>b"), End], pair.Prompt.Concat(pair.Chosen));
        Assert.Equal((0, 0), (encoder.Counts.SplitBorders, encoder.Counts.RowsSpellingSpecialTokens));

        var example = encoder.Encode(new Demonstration("Say </s> now", " a</s>b"));
        Assert.Equal([.. Tokenizer.Encode("Say </s> now a</s>b"), End], example.Prompt.Concat(example.Response));
        Assert.Single(example.Prompt.Concat(example.Response), End);
        Assert.Equal((0, 1), (encoder.Counts.SplitBorders, encoder.Counts.RowsSpellingSpecialTokens));
    }

    [Theory]
    [InlineData("no</s>")]
    [InlineData("no</s></s>")]
    public void An_end_that_a_response_spells_is_its_one_end(string response)
    {
        var encoder = new RecordEncoder(Tokenizer);
        Assert.Equal([.. Tokenizer.Encode("no"), End], encoder.Encode(new Demonstration("Say", response)).Response);
        Assert.Equal(1, encoder.Counts.SpelledEnds);
    }

    [Fact]
    public void A_token_over_the_border_splits_it_and_is_counted()
    {
        // Some pair of letters is one token; prompt and response get a letter each.
        var merged = Enumerable.Range(0, Tokenizer.VocabularySize).Select(id => Tokenizer.Decode([id])).First(text => text.Length == 2 && text.All(char.IsAsciiLetter));
        var encoder = new RecordEncoder(Tokenizer);
        var pair = encoder.Encode(new PreferencePair(merged[..1], merged[1..], "?"));
        Assert.Equal(Tokenizer.Encode(merged[..1]), pair.Prompt);
        Assert.Equal([.. Tokenizer.Encode(merged[1..]), End], pair.Chosen);
        Assert.Equal(1, encoder.Counts.SplitBorders);
    }

    [Fact]
    public void A_prompt_is_encoded_as_a_policy_reads_it()
    {
        // " fully." of prompt and response together: the response's ids are what the whole has after the prompt's.
        var encoder = new RecordEncoder(Tokenizer);
        var example = encoder.Encode(new Demonstration("Describe a hopeful", " week of it."));
        Assert.Equal(encoder.EncodePrompt("Describe a hopeful"), example.Prompt);
        Assert.Equal([.. Tokenizer.Encode("Describe a hopeful week of it."), End], example.Prompt.Concat(example.Response));
    }

    [Fact]
    public void Rows_that_cannot_be_used_are_left_out_and_counted_by_cause()
    {
        var encoder = new RecordEncoder(Tokenizer);
        PreferencePair[] pairs =
        [
            new("", "a", "b"), new("p", " \n", "b"), new("p", "a", ""), new("p", "a", "a"), new("p", "a", "b"),
            new("p", new Transcript([new ChatMessage("assistant", "a")]), "b"),
        ];
        Assert.Equal(["a"], encoder.EncodeAll(pairs).Select(row => Tokenizer.Decode(row.Chosen.SkipLast(1))));
        Assert.Equal(new Dictionary<DropCause, long>
        {
            [DropCause.EmptyPrompt] = 1, [DropCause.EmptyResponse] = 2, [DropCause.IdenticalResponses] = 1, [DropCause.Malformed] = 1,
        }, encoder.Counts.DroppedByCause);
        Assert.Equal((6, 1, 5), (encoder.Counts.Rows, encoder.Counts.Encoded, encoder.Counts.Dropped));
        Assert.Equal(1, encoder.Counts.PromptTokens);
        Assert.False(encoder.TryEncode(pairs[0], out var row));
        Assert.Null(row);
        Assert.Equal(2, encoder.Counts.DroppedByCause[DropCause.EmptyPrompt]);
    }

    [Theory]
    [InlineData("", "x", "y", "A prompt must have at least one token; without a format and a begin token it can't be empty.")]
    [InlineData("p", "\t", "y", "A response must hold more than white space.")]
    [InlineData("p", "x", "x", "Chosen and rejected response must differ; they came to the same tokens.")]
    public void A_row_alone_that_cannot_be_used_is_an_error_that_names_it(string prompt, string chosen, string rejected, string message)
    {
        var pair = new PreferencePair(prompt, chosen, rejected);
        Assert.Equal(message, Assert.Throws<DataFormatException>(() => new RecordEncoder(Tokenizer).Encode(pair)).Message);
        Assert.Equal("Id '7', source 'hh': " + message,
            Assert.Throws<DataFormatException>(() => new RecordEncoder(Tokenizer).Encode(pair with { Id = "7", Source = "hh" })).Message);
    }

    [Fact]
    public void A_byte_that_the_vocabulary_lacks_is_a_cause_of_its_own()
    {
        using var folder = new TokenizerFolder();
        ((System.Text.Json.Nodes.JsonObject)folder.Model["vocab"]!).Remove("x");
        folder.Write("tokenizer_config.json", """{"eos_token":"<|end|>"}""");
        var encoder = new RecordEncoder(folder.Load());
        Assert.Single(encoder.EncodeAll([new Demonstration("a", "x"), new Demonstration("a", "y")]));
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.NotInVocabulary]);
    }

    [Fact]
    public void A_tokenizer_without_an_end_token_is_refused()
    {
        var nameless = HuggingFaceTokenizer.FromFile(Golden.Path("models", "llama", "tokenizer.json"));
        var error = Assert.Throws<ArgumentException>(() => new RecordEncoder(nameless));
        Assert.StartsWith("The tokenizer must name an end token (eos_token in tokenizer_config.json)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chat_messages_without_a_template_are_an_error_also_among_many()
    {
        var chat = new Transcript([new ChatMessage("user", "Hi")]);
        var error = Assert.Throws<DataFormatException>(() => new RecordEncoder(Tokenizer).EncodeAll([new PromptOnly("x"), new PromptOnly(chat)]));
        Assert.Equal("Row 1: A record of chat messages needs a chat template; set EncodingOptions.Template to the model's own.", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Many_rows_come_in_order_from_any_number_of_threads(int threads)
    {
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Threads = threads });
        var pairs = Enumerable.Range(0, 3000).Select(i => new PreferencePair($"Say {i}", i % 10 == 3 ? "" : $" {i}", " no")).ToArray();
        var expected = pairs.Where(pair => pair.Chosen.Text != "").Select(pair => pair.Chosen.Text + "</s>").ToArray();

        var rows = encoder.EncodeAll(pairs);
        var streamed = new List<TokenizedPair>();
        await foreach (var row in encoder.EncodeAllAsync(pairs.ToAsyncEnumerable())) streamed.Add(row);

        Assert.Equal(expected, rows.Select(row => Tokenizer.Decode(row.Chosen)));
        Assert.Equal(expected, streamed.Select(row => Tokenizer.Decode(row.Chosen)));
        Assert.Equal((6000, 5400, 600), (encoder.Counts.Rows, encoder.Counts.Encoded, encoder.Counts.DroppedByCause[DropCause.EmptyResponse]));
    }

    [Fact]
    public async Task The_first_row_that_fails_is_the_one_that_is_named()
    {
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Threads = 4, MaxLength = 8, OverLength = OverLength.Fail });
        var pairs = Enumerable.Range(0, 2500).Select(i => new Demonstration("Say", i >= 2100 && i % 3 == 0 ? "many words more than fit" : "no")).ToArray();
        var lengths = $"{Tokenizer.Encode("Say").Count} + {Tokenizer.Encode("many words more than fit").Count + 1}.";
        var message = "Row 2100: Prompt and response must have at most MaxLength = 8 tokens; they have " + lengths;
        Assert.Equal(message, Assert.Throws<DataFormatException>(() => encoder.EncodeAll(pairs)).Message);
        var error = await Assert.ThrowsAsync<DataFormatException>(async () =>
        {
            await foreach (var row in encoder.EncodeAllAsync(pairs.ToAsyncEnumerable())) Assert.NotNull(row);
        });
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Cancellation_ends_many_rows()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => new RecordEncoder(Tokenizer).EncodeAll([new PromptOnly("x")], cancelled.Token));
    }

    [Fact]
    public void Counts_are_told_in_one_line()
    {
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { AddBegin = true });
        encoder.EncodeAll([new PreferencePair("p", "a", "b"), new PreferencePair("p", "a", "a"), new PreferencePair("p", "", "a")]);
        Assert.Equal("3 rows, 1 encoded; 2 dropped (EmptyResponse 1, IdenticalResponses 1); 1 begin tokens added; 2 prompt tokens; 2 chosen tokens; 2 rejected tokens",
            encoder.Counts.ToString());
    }
}
