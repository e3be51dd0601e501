using Alignment.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Generation;

public sealed class TextGeneratorTests
{
    [Fact]
    public void A_text_comes_in_whole_characters()
    {
        // é is two bytes, € three, 😀 four.
        Assert.Equal(["a", "é", "b", "€", "😀", ""], Updates("aéb€😀", end: true));
    }

    [Fact]
    public void The_end_token_ends_a_text_and_adds_nothing()
    {
        var final = Generate("hi", [], end: true);
        Assert.Equal(("hi", FinishReason.StopToken), (final.Text, final.Response.Finish));
        Assert.Equal<int>(['h', 'i', ByteTokenizer.End], final.Response.Ids);
    }

    [Fact]
    public void An_ordinary_stop_token_is_not_in_the_text_either()
    {
        var tokenizer = new ByteTokenizer();
        using var model = FunctionModel.Saying(tokenizer.VocabularySize, ['h', 'i', '\n', 'x']);
        var options = new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = 4, StopIds = ['\n'] } };
        Assert.Equal("hi", new TextGenerator(model, tokenizer).Generate([[0]], options).Single().Text);
    }

    [Theory]
    [InlineData("one STOP two", "STOP", "one ")]
    [InlineData("STOP", "STOP", "")]
    [InlineData("SSTOP", "STOP", "S")]
    [InlineData("STSTOP", "STOP", "ST")]
    [InlineData("aaab", "aab", "a")]
    [InlineData("x€y", "€", "x")]
    [InlineData("x😀y", "😀", "x")]
    public void A_stop_text_cuts_wherever_tokens_begin(string said, string stop, string expected)
    {
        var final = Generate(said, [stop]);
        Assert.Equal((expected, FinishReason.StopText), (final.Text, final.Response.Finish));
        // The ids end with the token, here the byte, that completed it.
        Assert.Equal(new ByteTokenizer().Encode(said[..(said.IndexOf(stop, StringComparison.Ordinal) + stop.Length)]), final.Response.Ids);
        Assert.Equal(expected, string.Concat(Updates(said, stops: [stop])));
    }

    [Fact]
    public void A_stop_text_that_begins_and_ends_inside_tokens()
    {
        var tokenizer = new ByteTokenizer("Hello Us", "er: and", "!");
        using var model = FunctionModel.Saying(tokenizer.VocabularySize, [257, 258, 259]);
        var options = new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = 3 }, StopTexts = ["User:"] };
        var updates = new TextGenerator(model, tokenizer).Stream([[0]], options).ToList();
        Assert.Equal(["Hello ", ""], updates.Select(update => update.Text));
        Assert.Equal(("Hello ", FinishReason.StopText), (updates[1].Final!.Text, updates[1].Final!.Response.Finish));
        Assert.Equal<int>([257, 258], updates[1].Final!.Response.Ids);
    }

    [Fact]
    public void The_first_of_several_stop_texts_counts() =>
        Assert.Equal("ab", Generate("abcdefg", ["efg", "cde"]).Text);

    [Fact]
    public void What_only_looked_like_a_stop_text_is_given_out_when_it_is_none()
    {
        Assert.Equal(["a", "STx", "y"], Updates("aSTxy", stops: ["STOP"]));
        Assert.Equal(["a", "ST"], Updates("aST", stops: ["STOP"]));   // at the end nothing can follow
        Assert.Equal("aST", Generate("aST", ["STOP"], end: true).Text);
    }

    [Fact]
    public void Bytes_that_never_become_a_character_are_given_out_as_U_FFFD()
    {
        var tokenizer = new ByteTokenizer();
        using var model = FunctionModel.Saying(tokenizer.VocabularySize, ['a', 0xE2, 0x82, 'b', 0xE2]);
        var options = new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = 5 } };
        Assert.Equal(["a", "\uFFFDb", "\uFFFD"], new TextGenerator(model, tokenizer).Stream([[0]], options).Select(update => update.Text));
    }

    [Fact]
    public void Rows_of_a_batch_stop_for_themselves_and_streamed_text_is_the_text()
    {
        var tokenizer = new ByteTokenizer();
        string[] said = ["one. two", "é;é;é;éé", "abcdefgh"];
        using var model = FunctionModel.Saying(tokenizer.VocabularySize, [.. said.Select(text => tokenizer.Encode(text + "~~~~").ToArray())]);
        var options = new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = 8 }, StopTexts = [". ", ";é;"] };
        var generator = new TextGenerator(model, tokenizer);
        var texts = generator.Generate([[0], [1], [2]], options);
        Assert.Equal(["one", "é", "abcdefgh"], texts.Select(text => text.Text));
        Assert.Equal([FinishReason.StopText, FinishReason.StopText, FinishReason.Length], texts.Select(text => text.Response.Finish));
        Assert.Equal([0, 1, 2], texts.Select(text => text.Response.Prompt));
        Assert.Equal([5, 6, 8], texts.Select(text => text.Response.Ids.Count));
        var streamed = generator.Stream([[0], [1], [2]], options).ToLookup(update => update.Row, update => update.Text);
        Assert.Equal(texts.Select(text => text.Text), Enumerable.Range(0, 3).Select(row => string.Concat(streamed[row])));
        Assert.All(generator.Stream([[0], [1], [2]], options), update => Assert.True(update.Text.Length > 0 || update.Final is not null));
    }

    [Fact]
    public void Random_texts_and_stop_texts_agree_with_a_search_in_the_whole()
    {
        var random = new Random(3);
        for (var round = 0; round < 300; round++)
        {
            var said = string.Concat(Enumerable.Range(0, 12).Select(_ => "ab€é"[random.Next(4)]));
            string[] stops = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => "ab€é"[random.Next(4)])))];
            // As tokens come, the stop text that is complete first ends the text: at the smallest end, and there at the smallest beginning.
            var found = stops.Select(stop => (Start: said.IndexOf(stop, StringComparison.Ordinal), stop.Length)).Where(stop => stop.Start >= 0)
                .OrderBy(stop => stop.Start + stop.Length).ThenBy(stop => stop.Start).Select(stop => stop.Start).DefaultIfEmpty(said.Length).First();
            Assert.Equal(said[..found], Generate(said, stops).Text);
            Assert.Equal(said[..found], string.Concat(Updates(said, stops)));
        }
    }

    [Fact]
    public void A_stream_may_be_left_or_cancelled_and_frees_everything()
    {
        var tokenizer = new ByteTokenizer();
        using var model = FunctionModel.Saying(tokenizer.VocabularySize, ['a', 'b', 'c']);
        var count = LiveTensors;
        using var stop = new CancellationTokenSource();
        var options = new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = 3 } };
        foreach (var _ in new TextGenerator(model, tokenizer).Stream([[0]], options)) break;
        Assert.Equal(count, LiveTensors);
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var _ in new TextGenerator(model, tokenizer).Stream([[0]], options, stop.Token)) stop.Cancel();
        });
        Assert.Equal(count, LiveTensors);
        Assert.Throws<ArgumentNullException>(() => new TextGenerator(model, null!));
        Assert.Throws<ArgumentException>(() => new TextGenerator(model, tokenizer).Stream([], options));
    }

    [Fact]
    public void Without_the_end_token_a_text_goes_on()
    {
        var tokenizer = new ByteTokenizer();
        using var model = FunctionModel.Saying(tokenizer.VocabularySize, ['a', ByteTokenizer.End, 'b']);
        var options = new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = 3 }, StopsAtEndToken = false };
        Assert.Equal("ab", new TextGenerator(model, tokenizer).Generate([[0]], options).Single().Text);
    }

    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static List<string> Updates(string said, string[]? stops = null, bool end = false) =>
        Run(said, stops ?? [], end, (generator, options) => generator.Stream([[0]], options).Select(update => update.Text).ToList());

    private static GeneratedText Generate(string said, string[] stops, bool end = false) =>
        Run(said, stops, end, (generator, options) => generator.Generate([[0]], options).Single());

    private static T Run<T>(string said, string[] stops, bool end, Func<TextGenerator, TextGenerationOptions, T> call)
    {
        var tokenizer = new ByteTokenizer();
        int[] ids = end ? [.. tokenizer.Encode(said), ByteTokenizer.End] : [.. tokenizer.Encode(said)];
        using var model = FunctionModel.Saying(tokenizer.VocabularySize, ids);
        return call(new TextGenerator(model, tokenizer), new TextGenerationOptions { Tokens = new GenerationOptions { MaxNewTokens = ids.Length }, StopTexts = stops });
    }
}
