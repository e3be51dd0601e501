namespace Alignment.Data.Tests.Encoding;

/// <summary>Rows longer than the limit. Letters of "abc" one by one are a token each, so that lengths are counted by eye.</summary>
public sealed class OverLengthTests : IDisposable
{
    private readonly TokenizerFolder _folder = new();
    private readonly HuggingFaceTokenizer _tokenizer;
    private readonly int _end;

    public OverLengthTests()
    {
        _folder.Add("<s>").Write("tokenizer_config.json", """{"bos_token":"<s>","eos_token":"<|end|>"}""");
        _tokenizer = _folder.Load();
        _end = _tokenizer.EndId!.Value;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_default_drops_and_counts_by_what_is_too_long()
    {
        var encoder = Encoder(6, OverLength.Drop);
        PreferencePair[] pairs =
        [
            new("abcdef", "x", "y"),    // 6 + 2: no room
            new("abc", "xyz", "y"),     // 3 + 4 of the chosen
            new("abc", "x", "xyz"),     // 3 + 4 of the rejected
            new("abc", "xyz", "xyw"),   // both: the chosen counts
            new("abc", "xy", "x"),      // 3 + 3 fits
        ];
        Assert.Equal(["xy<|end|>"], encoder.EncodeAll(pairs).Select(row => _tokenizer.Decode(row.Chosen)));
        Assert.Equal(new Dictionary<DropCause, long> { [DropCause.PromptTooLong] = 1, [DropCause.ChosenTooLong] = 2, [DropCause.RejectedTooLong] = 1 },
            encoder.Counts.DroppedByCause);
        Assert.Equal(0, encoder.Counts.CutResponses + encoder.Counts.CutPrompts);
        Assert.Empty(encoder.EncodeAll([new Demonstration("abc", "xyz")]));
        Assert.Empty(encoder.EncodeAll([new UnpairedResponse("abc", "xyz", true)]));
        Assert.Equal(2, encoder.Counts.DroppedByCause[DropCause.ResponseTooLong]);
    }

    [Fact]
    public void A_row_that_is_to_fail_names_itself_and_its_lengths()
    {
        var encoder = Encoder(6, OverLength.Fail);
        Assert.Equal("Id 'k': Prompt and response must have at most MaxLength = 6 tokens; they have 3 + 4.",
            Assert.Throws<DataFormatException>(() => encoder.TryEncode(new PreferencePair("abc", "x", "xyz") { Id = "k" }, out _)).Message);
        Assert.Equal("A prompt must leave room for its response within MaxLength = 6; it has 6 tokens.",
            Assert.Throws<DataFormatException>(() => encoder.Encode(new Demonstration("abcdef", "x"))).Message);
        Assert.Equal("A prompt must have at most MaxLength = 6 tokens; it has 7.",
            Assert.Throws<DataFormatException>(() => encoder.Encode(new PromptOnly("abcdefg"))).Message);
    }

    [Fact]
    public void A_cut_at_the_end_takes_the_end_token_and_is_counted()
    {
        var encoder = Encoder(5, OverLength.CutResponseEnd);
        var pair = encoder.Encode(new PreferencePair("abc", "wxyz", "w"));
        Assert.Equal(_tokenizer.Encode("wx"), pair.Chosen);
        Assert.Equal([.. _tokenizer.Encode("w"), _end], pair.Rejected);
        Assert.Equal((1, 0), (encoder.Counts.CutResponses, encoder.Counts.UnterminatedResponses));
        Assert.False(encoder.TryEncode(new PreferencePair("abcde", "x", "y"), out _));
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.PromptTooLong]);
        Assert.False(encoder.TryEncode(new PreferencePair("abc", "wxyz", "wxy"), out _));   // the cut made them the same
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.IdenticalResponses]);
    }

    [Fact]
    public void A_cut_at_the_start_keeps_the_end_of_the_prompt_and_the_begin_token()
    {
        var encoder = Encoder(6, OverLength.CutPromptStart);
        var pair = encoder.Encode(new PreferencePair("abcdef", "xyz", "x"));
        Assert.Equal("ef", _tokenizer.Decode(pair.Prompt));   // 6 less the longer response of 3 + 1
        Assert.Equal("xyz<|end|>", _tokenizer.Decode(pair.Chosen));
        Assert.Equal(1, encoder.Counts.CutPrompts);
        Assert.Equal("bcdefg", _tokenizer.Decode(encoder.Encode(new PromptOnly("abcdefg")).Ids));

        var beginning = new RecordEncoder(_tokenizer, new EncodingOptions { MaxLength = 6, OverLength = OverLength.CutPromptStart, AddBegin = true });
        Assert.Equal("<s>f", _tokenizer.Decode(beginning.Encode(new PreferencePair("abcdef", "xyz", "x")).Prompt));
    }

    [Theory]
    [InlineData(OverLength.Drop)]
    [InlineData(OverLength.Fail)]
    [InlineData(OverLength.CutResponseEnd)]
    [InlineData(OverLength.CutPromptStart)]
    public void What_just_fits_stays_as_it_is(OverLength rule)
    {
        var encoder = Encoder(6, rule);
        Assert.Equal("abcdef", _tokenizer.Decode(encoder.Encode(new PromptOnly("abcdef")).Ids));
        var example = encoder.Encode(new Demonstration("abc", "xy"));
        Assert.Equal("abcxy<|end|>", _tokenizer.Decode(example.Prompt.Concat(example.Response)));
        Assert.Equal((0, 0, 0), (encoder.Counts.CutPrompts, encoder.Counts.CutResponses, encoder.Counts.Dropped));
    }

    [Fact]
    public void A_response_that_leaves_no_room_for_its_prompt_is_left_out()
    {
        var encoder = Encoder(6, OverLength.CutPromptStart);
        Assert.False(encoder.TryEncode(new PreferencePair("abc", "x", "uvwxyz"), out _));
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.RejectedTooLong]);
        Assert.Equal("A response must leave room for a token of its prompt within MaxLength = 6; it has 6 tokens.",
            Assert.Throws<DataFormatException>(() => encoder.Encode(new Demonstration("abc", "vwxyz"))).Message);
        var beginning = new RecordEncoder(_tokenizer, new EncodingOptions { MaxLength = 6, OverLength = OverLength.CutPromptStart, AddBegin = true });
        Assert.False(beginning.TryEncode(new Demonstration("abc", "wxyz"), out _));   // 5 leave room for <s> alone
    }

    [Fact]
    public void Options_are_checked_where_they_are_written()
    {
        static void Refused(string rule, Action make) =>
            Assert.StartsWith(rule, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
        Refused("MaxLength must be at least 2.", () => _ = new EncodingOptions { MaxLength = 1 });
        Refused("Threads must be at least 1.", () => _ = new EncodingOptions { Threads = 0 });
        Refused("OverLength must be one of Drop, Fail, CutResponseEnd, CutPromptStart.", () => _ = new EncodingOptions { OverLength = (OverLength)9 });
        Refused("TrainOn must be one of Response, AssistantMessages, Everything.", () => _ = new EncodingOptions { TrainOn = (TrainOn)9 });
    }

    private RecordEncoder Encoder(int maxLength, OverLength rule) => new(_tokenizer, new EncodingOptions { MaxLength = maxLength, OverLength = rule });
}
