namespace Alignment.Data.Tests.Encoding;

public sealed class EncodingPreviewTests
{
    private static readonly HuggingFaceTokenizer Tokenizer = HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama"));

    [Fact]
    public void A_pair_shows_what_is_learnt_of_both_responses()
    {
        var pair = new RecordEncoder(Tokenizer).Encode(new PreferencePair("Who?", " Me.", " You."));
        var preview = EncodingPreview.Of(pair, Tokenizer);
        Assert.Equal("chosen: Who?⟦ Me.</s>⟧\nrejected: Who?⟦ You.</s>⟧", preview.ToString());
        Assert.Equal(
            [new PreviewSpan("Who?", false, pair.Prompt.Count), new PreviewSpan(" Me.</s>", true, pair.Chosen.Count)], preview.Sequences[0].Spans);
        Assert.Equal("Who? You.</s>", preview.Sequences[1].Text);
    }

    [Fact]
    public void A_masked_example_shows_each_part()
    {
        int Id(string text) => Tokenizer.IdOf(text)!.Value;
        var example = new TokenizedExample([Id("a"), Id("b")], [Id("c"), Id("d"), Id("e"), Id("f")]) { Mask = [false, true, false, true] };
        Assert.Equal("response: abc⟦d⟧e⟦f⟧", EncodingPreview.Of(example, Tokenizer).ToString());
        Assert.Equal("undesirable: a⟦b⟧", EncodingPreview.Of(new TokenizedResponse([Id("a")], [Id("b")], false), Tokenizer).ToString());
        Assert.Equal("desirable: a⟦b⟧", EncodingPreview.Of(new TokenizedResponse([Id("a")], [Id("b")], true), Tokenizer).ToString());
    }

    [Fact]
    public void A_character_over_the_border_stands_behind_it_and_a_half_one_at_the_end_is_shown()
    {
        var bytes = Tokenizer.Encode("👍");
        Assert.Equal(4, bytes.Count);
        var spans = EncodingPreview.Of(new TokenizedExample([.. bytes.Take(2)], [.. bytes.Skip(2), bytes[0]]), Tokenizer).Sequences[0].Spans;
        Assert.Equal([new PreviewSpan("", false, 2), new PreviewSpan("👍\uFFFD", true, 3)], spans);
    }
}
