using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Packages.Tests;

public class TokenizerBpeTests
{
    private static readonly PreTokenizer Words = new RegexPreTokenizer(new Regex(@" ?\w+|\s+|[^\w\s]+"), null);

    private static BpeTokenizer Create(string[] merges, IReadOnlyDictionary<string, int>? special = null, PreTokenizer? preTokenizer = null)
        => BpeTokenizer.Create(new BpeOptions(TokenizerVocabulary.Of(merges))
        {
            Merges = merges,
            ByteLevel = true,
            PreTokenizer = preTokenizer ?? Words,
            SpecialTokens = special,
        });

    [Fact]
    public void Bytes_have_their_symbols_so_that_a_space_is_G_with_a_dot()
    {
        var tokens = Create([]).EncodeToTokens(" a\n", out _);
        Assert.Equal(["\u0120", "a", "\u010A"], tokens.Select(token => token.Value));
        Assert.Equal([32, 97, 10], tokens.Select(token => token.Id));
    }

    [Fact]
    public void A_character_is_its_utf8_bytes()
        => Assert.Equal([0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x99, 0x82], Create([], preTokenizer: new RegexPreTokenizer(new Regex(".+"), null)).EncodeToIds("é€🙂"));

    [Fact]
    public void The_merge_listed_first_wins_wherever_it_stands()
    {
        // "abc": "b c" has rank 0, "a b" rank 1: b+c first, then no merge for a + bc.
        Assert.Equal([97, 256], Create(["b c", "a b"]).EncodeToIds("abc"));
        Assert.Equal([256, 99], Create(["a b", "b c"]).EncodeToIds("abc"));
    }

    [Fact]
    public void Among_equal_merges_the_leftmost_wins()
        => Assert.Equal([256, 97], Create(["a a"]).EncodeToIds("aaa"));

    [Fact]
    public void Merges_build_on_merges()
        => Assert.Equal([258, 258], Create(["a b", "ab c", "abc d"]).EncodeToIds("abcdabcd"));

    [Fact]
    public void Two_ways_to_one_token_are_one_token()
        => Assert.Equal([258], Create(["b c", "a b", "a bc", "ab c"]).EncodeToIds("abc"));

    [Fact]
    public void No_merge_crosses_a_piece()
        => Assert.Equal([97, 33, 97], Create(["a !", "! a"]).EncodeToIds("a!a"));

    [Fact]
    public void Special_tokens_in_the_text_are_always_parsed()
    {
        var special = new Dictionary<string, int> { ["<|end|>"] = 900 };
        var tokenizer = Create([], special, new RegexPreTokenizer(new Regex(@"\w+|\W"), special));
        Assert.Equal([97, 900, 98], tokenizer.EncodeToIds("a<|end|>b"));
        Assert.Equal(3, tokenizer.CountTokens("a<|end|>b"));
        Assert.Equal("a<|end|>b", tokenizer.Decode([97, 900, 98]));
        Assert.Equal("ab", tokenizer.Decode([97, 900, 98], considerSpecialTokens: false));
    }

    [Fact]
    public void Without_a_pre_tokenizer_words_are_split_and_white_space_is_dropped()
    {
        var tokenizer = BpeTokenizer.Create(new BpeOptions(TokenizerVocabulary.Of()) { ByteLevel = true });
        Assert.Equal([97, 98, 33], tokenizer.EncodeToIds("a  b!"));
        Assert.Equal([97, 32, 98], tokenizer.EncodeToIds("a b", considerPreTokenization: false));
    }

    [Fact]
    public void A_byte_outside_the_vocabulary_is_dropped_or_unknown()
    {
        var vocabulary = new Dictionary<string, int> { ["a"] = 0, ["?"] = 1 };
        Assert.Equal([0, 0], BpeTokenizer.Create(new BpeOptions(vocabulary) { ByteLevel = true, PreTokenizer = Words }).EncodeToIds("azza"));
        Assert.Equal([0, 1, 1, 0], BpeTokenizer.Create(new BpeOptions(vocabulary) { ByteLevel = true, PreTokenizer = Words, UnknownToken = "?" }).EncodeToIds("azza"));
        Assert.Equal([0, 1, 0], BpeTokenizer.Create(new BpeOptions(vocabulary) { ByteLevel = true, PreTokenizer = Words, UnknownToken = "?", FuseUnknownTokens = true }).EncodeToIds("azza"));
    }

    [Fact]
    public void A_limit_cuts_and_says_where()
    {
        var tokenizer = Create(["a b"]);
        Assert.Equal([256, 99], tokenizer.EncodeToIds("abcd efg", 2, out _, out var consumed));
        Assert.Equal(3, consumed);
        Assert.Equal(3, tokenizer.GetIndexByTokenCount("abcd efg", 2, out _, out var count));
        Assert.Equal(2, count);
        Assert.Equal(6, tokenizer.GetIndexByTokenCountFromEnd("abcd efg", 2, out _, out count));
        Assert.Equal(2, count);
        Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.EncodeToIds("a", 0, out _, out _));
    }

    [Fact]
    public void An_empty_text_has_no_tokens()
    {
        Assert.Empty(Create([]).EncodeToIds(""));
        Assert.Equal(0, Create([]).CountTokens(""));
        Assert.Equal("", Create([]).Decode([]));
    }

    [Fact]
    public void Broken_vocabularies_throw()
    {
        Assert.Throws<ArgumentNullException>(() => BpeTokenizer.Create((BpeOptions)null!));
        Assert.Throws<ArgumentNullException>(() => new BpeOptions((IEnumerable<KeyValuePair<string, int>>)null!));
        Assert.Throws<InvalidOperationException>(() => BpeTokenizer.Create(new BpeOptions(new Dictionary<string, int>())));
        Assert.Throws<ArgumentException>(() => BpeTokenizer.Create(new BpeOptions(new Dictionary<string, int> { ["a"] = 0, ["b"] = 0 })));
        Assert.Throws<InvalidOperationException>(() => BpeTokenizer.Create(new BpeOptions(TokenizerVocabulary.Of()) { UnknownToken = "none" }));
    }

    [Theory]
    [InlineData("ab")]        // one token
    [InlineData("a b c")]     // three
    [InlineData("a ")]        // one and a space
    [InlineData("zz a")]      // not in the vocabulary
    [InlineData("a c")]       // "ac" is not in the vocabulary
    public void Broken_merges_throw(string merge)
        => Assert.Throws<InvalidOperationException>(() => BpeTokenizer.Create(new BpeOptions(TokenizerVocabulary.Of("a b")) { Merges = [merge] }));

    [Fact]
    public void A_merge_listed_twice_throws()
        => Assert.Throws<ArgumentException>(() => BpeTokenizer.Create(new BpeOptions(TokenizerVocabulary.Of("a b")) { Merges = ["a b", "a b"] }));

    [Fact]
    public void A_long_piece_takes_no_cubic_time()
    {
        var ids = Create(["a b"]).EncodeToIds(string.Concat(Enumerable.Repeat("ab", 20_000)));
        Assert.Equal(Enumerable.Repeat(256, 20_000), ids);
    }

    [Fact]
    public void A_file_of_merges_may_have_a_version_line_and_empty_lines()
    {
        using var vocabulary = new MemoryStream("{\"a\":0,\"b\":1,\"ab\":2}"u8.ToArray());
        using var merges = new MemoryStream("#version: 0.2\n\na b\n"u8.ToArray());
        Assert.Equal([2, 0], BpeTokenizer.Create(vocabulary, merges).EncodeToIds("aba"));
    }
}
