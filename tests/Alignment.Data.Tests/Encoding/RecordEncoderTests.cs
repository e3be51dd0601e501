namespace Alignment.Data.Tests.Encoding;

public sealed class RecordEncoderTests
{
    private static readonly HuggingFaceTokenizer Tokenizer = HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama"));

    [Fact]
    public void Responses_end_with_the_end_token_and_the_prompt_comes_first()
    {
        var encoder = new RecordEncoder(Tokenizer);
        var pair = encoder.Encode(new PreferencePair("Where is it?", " Here.", " There."));
        Assert.Equal(Tokenizer.EndId, pair.Chosen[^1]);
        Assert.Equal(Tokenizer.EndId, pair.Rejected[^1]);
        Assert.Equal("Where is it? Here.</s>", Tokenizer.Decode(pair.Prompt.Concat(pair.Chosen)));
        Assert.Equal(0, encoder.SplitBorders);
    }

    [Fact]
    public void A_format_puts_special_tokens_around_the_prompt_and_text_stays_text()
    {
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Format = new PromptFormat("<|user|>", "<|assistant|>") });
        var pair = encoder.Encode(new PreferencePair("Say </s>", "no", "yes"));
        Assert.Equal(Tokenizer.IdOf("<|user|>"), pair.Prompt[0]);
        Assert.Equal(Tokenizer.IdOf("<|assistant|>"), pair.Prompt[^1]);
        Assert.DoesNotContain(Tokenizer.EndId!.Value, pair.Prompt);
        Assert.Equal([.. Tokenizer.Encode("no"), Tokenizer.EndId.Value], pair.Chosen);
    }

    [Fact]
    public void A_token_over_the_border_splits_it_and_is_counted()
    {
        // Some pair of letters is one token; prompt and response get a letter each.
        var merged = Enumerable.Range(0, Tokenizer.VocabularySize).Select(id => Tokenizer.Decode([id])).First(text => text.Length == 2 && text.All(char.IsAsciiLetter));
        var encoder = new RecordEncoder(Tokenizer);
        var pair = encoder.Encode(new PreferencePair(merged[..1], merged[1..], "?"));
        Assert.Equal(Tokenizer.Encode(merged[..1]), pair.Prompt);
        Assert.Equal([.. Tokenizer.Encode(merged[1..]), Tokenizer.EndId!.Value], pair.Chosen);
        Assert.Equal(1, encoder.SplitBorders);
    }

    [Fact]
    public void A_begin_token_stands_once_where_it_is_asked_for()
    {
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { AddBegin = true });
        var example = encoder.Encode(new Demonstration("Hi", " there"));
        Assert.Equal(Tokenizer.BeginId, example.Prompt[0]);
        Assert.Single(example.Prompt.Concat(example.Response), id => id == Tokenizer.BeginId);
    }

    [Fact]
    public void A_response_that_is_too_long_is_cut_and_counted()
    {
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { MaxLength = 6 });
        var example = encoder.Encode(new Demonstration("a", "bcdefghijkl"));
        Assert.Equal(6, example.Prompt.Count + example.Response.Count);
        Assert.NotEqual(Tokenizer.EndId, example.Response[^1]);
        Assert.Equal(1, encoder.CutResponses);
    }

    [Fact]
    public void A_prompt_that_is_empty_or_leaves_no_room_is_refused()
    {
        Assert.Equal("A prompt must have at least one token; without a format and a begin token it can't be empty.",
            Assert.Throws<DataFormatException>(() => new RecordEncoder(Tokenizer).Encode(new Demonstration("", "x"))).Message);
        Assert.Equal("A prompt must leave room for its response within MaxLength = 2; it has 3 tokens.",
            Assert.Throws<DataFormatException>(() => new RecordEncoder(Tokenizer, new EncodingOptions { MaxLength = 2 }).Encode(new Demonstration("123", "x"))).Message);
    }

    [Fact]
    public void A_tokenizer_without_an_end_token_is_refused()
    {
        var nameless = HuggingFaceTokenizer.FromFile(Golden.Path("models", "llama", "tokenizer.json"));
        var error = Assert.Throws<ArgumentException>(() => new RecordEncoder(nameless));
        Assert.StartsWith("The tokenizer must name an end token (eos_token in tokenizer_config.json)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Chat_messages_are_refused_with_the_reason()
    {
        var chat = new Transcript([new ChatMessage("user", "Hi")]);
        Assert.Throws<DataFormatException>(() => new RecordEncoder(Tokenizer).Encode(new Demonstration(chat, "x")));
    }
}
