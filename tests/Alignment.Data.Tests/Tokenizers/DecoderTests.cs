using System.Text.Json;

namespace Alignment.Data.Tests;

public class DecoderTests
{
    private const string Llama2 = """
        {"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},
         {"type":"Strip","content":" ","start":1,"stop":0}]}
        """;

    // The tokens get the ids 0, 1, ...
    private static TokenDecoder Decoder(string json, string[] tokens, bool asBytes = false)
    {
        using var document = JsonDocument.Parse(json);
        var ids = tokens.Distinct().Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id);
        return DecoderReader.Read(new JsonValue("f", "d", document.RootElement), ids, [], asBytes);
    }

    private static string[] OneByOne(TokenDecoder decoder, IEnumerable<int> ids)
    {
        var run = decoder.Start(skipSpecialTokens: false);
        return [.. ids.Select(run.Append), run.Finish()];
    }

    private static string Decode(string json, params string[] tokens)
    {
        var distinct = tokens.Distinct().ToList();
        var ids = tokens.Select(token => distinct.IndexOf(token)).ToArray();
        var decoder = Decoder(json, tokens);
        var text = decoder.Decode(ids, skipSpecialTokens: false);
        Assert.Equal(text, string.Concat(OneByOne(decoder, ids)));
        return text;
    }

    // As the tokenizers library has them.
    [Fact]
    public void Each_step_does_what_its_name_says()
    {
        Assert.Equal("a b", Decode(Llama2, "▁a", "▁", "b"));
        Assert.Equal(" a", Decode(Llama2, "▁", "▁a"));
        Assert.Equal("é!", Decode(Llama2, "<0xC3>", "<0xA9>", "!"));
        Assert.Equal("\uFFFD\uFFFDx", Decode(Llama2, "<0xC3>", "<0xC3>", "x"));
        Assert.Equal("\uFFFD\uFFFD\uFFFDx", Decode(Llama2, "<0xC3>", "<0xA9>", "<0xA9>", "x"));   // one wrong byte spoils the run
        Assert.Equal("<0xZZ>", Decode(Llama2, "<0xZZ>"));
        Assert.Equal("ab c", Decode("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"always"}""", "▁a▁b", "▁c"));
        Assert.Equal(" a b c", Decode("""{"type":"Metaspace","replacement":"▁","prepend_scheme":"never"}""", "▁a▁b", "▁c"));
        Assert.Equal("ab", Decode("""{"type":"Fuse"}""", "a", "b"));
        Assert.Equal("xabx", Decode("""{"type":"Strip","content":"-","start":1,"stop":1}""", "-x", "a-", "-b-", "x"));
        Assert.Equal("-a--b", Decode("""{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":"-","start":2,"stop":2}]}""", "-", "--a", "-", "-b", "-", "-"));
        Assert.Equal("", Decode("""{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Strip","content":"-","start":2,"stop":2}]}""", "-", "-"));
        Assert.Equal("1-2", Decode("""{"type":"Replace","pattern":{"Regex":"[a-z]+"},"content":"-"}""", "1abc2"));
    }

    [Fact]
    public void Text_comes_as_soon_as_it_is_certain()
    {
        Assert.Equal(["a", "", "é", "b", ""], OneByOne(Decoder("""{"type":"ByteLevel"}""", ["a", "Ã", "©", "b"], asBytes: true), [0, 1, 2, 3]));
        Assert.Equal(["", "\uFFFDa", ""], OneByOne(Decoder("""{"type":"ByteLevel"}""", ["Ã", "a"], asBytes: true), [0, 1]));
        Assert.Equal(["", "\uFFFD"], OneByOne(Decoder("""{"type":"ByteLevel"}""", ["Ã"], asBytes: true), [0]));
        Assert.Equal(["a", "", "", "é b", ""], OneByOne(Decoder(Llama2, ["▁a", "<0xC3>", "<0xA9>", "▁b"]), [0, 1, 2, 3]));
    }

    [Fact]
    public void A_decoder_begins_anew_after_the_end()
    {
        var run = Decoder(Llama2, ["▁a", "<0xC3>"]).Start(skipSpecialTokens: false);
        Assert.Equal("a", run.Append(0));
        Assert.Equal("", run.Append(1));
        Assert.Equal("\uFFFD", run.Finish());
        Assert.Equal("a", run.Append(0));
        Assert.Equal("", run.Finish());
        Assert.Throws<ArgumentOutOfRangeException>(() => run.Append(-1));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Any_bytes_read_one_by_one_are_the_bytes_read_at_once(bool asBytes)
    {
        var random = new Random(7);
        string[] tokens = [.. Enumerable.Range(0, 256).Select(value => asBytes ? ByteSymbols.Of((byte)value).ToString() : ByteTokens.Of((byte)value)), "▁a", "z"];
        var decoder = Decoder(asBytes ? """{"type":"ByteLevel"}""" : Llama2, tokens, asBytes);
        byte[] likely = [.. System.Text.Encoding.UTF8.GetBytes("aé€🙂한"), 0xFF, 0xC0, 0x80, 0xED, 0xA0];
        for (var round = 0; round < 2000; round++)
        {
            var ids = Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(4) == 0 && !asBytes ? 256 + random.Next(2) : likely[random.Next(likely.Length)]).ToArray();
            var parts = OneByOne(decoder, ids);
            Assert.Equal(decoder.Decode(ids, skipSpecialTokens: false), string.Concat(parts));
            Assert.All(parts, part => Assert.Equal(part, System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(part))));   // no half of a pair
            if (asBytes)
                Assert.Equal(System.Text.Encoding.UTF8.GetString([.. ids.Select(id => (byte)id)]), string.Concat(parts));
        }
    }

    [Fact]
    public void A_tokenizer_without_a_way_of_its_own_decodes_all_again()
    {
        using var folder = new TokenizerFolder();
        ITokenizer tokenizer = new OnlyDecodes(folder.Load());
        var run = tokenizer.StartDecoding();
        Assert.Equal(["a", "", "", "", "🙂", "", "\uFFFD"], (string[])[.. new[] { 'a', 0xF0, 0x9F, 0x99, 0x82, 0xC3 }.Select(run.Append), run.Finish()]);
        Assert.Equal("b", run.Append('b'));
        Assert.Equal("", run.Finish());
    }

    private sealed class OnlyDecodes(ITokenizer tokenizer) : ITokenizer
    {
        public int VocabularySize => tokenizer.VocabularySize;

        public int? BeginId => null;

        public int? EndId => null;

        public int? PadId => null;

        public IReadOnlyList<int> Encode(string text) => tokenizer.Encode(text);

        public IReadOnlyList<int> EncodeWithSpecialTokens(string text) => tokenizer.EncodeWithSpecialTokens(text);

        public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false) => tokenizer.Decode(ids, skipSpecialTokens);

        public int? IdOf(string token) => tokenizer.IdOf(token);
    }
}
