using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Packages.Tests;

public class TokenizerTiktokenTests
{
    private static readonly PreTokenizer Words = new RegexPreTokenizer(new Regex(@" ?\w+|\s+|[^\w\s]+"), null);

    private static TiktokenTokenizer Create(params string[] tokens)
        => TiktokenTokenizer.Create(TokenizerVocabulary.Ranks(tokens), Words, normalizer: null);

    [Fact]
    public void The_token_of_the_lowest_rank_is_merged_first()
    {
        Assert.Equal([97, 256, 100], Create("bc", "ab").EncodeToIds("abcd"));
        Assert.Equal([256, 99, 100], Create("ab", "bc").EncodeToIds("abcd"));
        Assert.Equal([256, 97], Create("aa").EncodeToIds("aaa"));
    }

    [Fact]
    public void Merges_build_on_merges()
        => Assert.Equal([258, 257, 100], Create("ab", "abc", "abca").EncodeToIds("abcaabcd"));

    [Fact]
    public void A_piece_that_is_a_token_stays_whole()
    {
        Assert.Equal([256], Create("abcde").EncodeToIds("abcde"));                    // no merge leads there
        Assert.Equal([97, 98, 99, 100, 101, 102], Create("abcde").EncodeToIds("abcdef"));
        Assert.Equal(1, Create("abcde").CountTokens("abcde"));
    }

    [Fact]
    public void Special_tokens_in_the_text_are_always_parsed()
    {
        var special = new Dictionary<string, int> { ["<|end|>"] = 900 };
        var tokenizer = TiktokenTokenizer.Create(TokenizerVocabulary.Ranks(), new RegexPreTokenizer(new Regex(@"\w+|\W"), special), null, special);
        Assert.Equal([97, 900, 98], tokenizer.EncodeToIds("a<|end|>b"));
        Assert.Equal("a<|end|>b", tokenizer.Decode([97, 900, 98]));
        Assert.Same(special, tokenizer.SpecialTokens);
    }

    [Fact]
    public void A_limit_never_cuts_a_character()
    {
        Assert.Equal([97], Create().EncodeToIds("aé", 2, out _, out var consumed));
        Assert.Equal(1, consumed);
        Assert.Equal([97, 0xC3, 0xA9], Create().EncodeToIds("aéb", 3, out _, out consumed));
        Assert.Equal(2, consumed);
        Assert.Equal(2, Create().GetIndexByTokenCountFromEnd("aéb", 2, out _, out var count));
        Assert.Equal(1, count);
    }

    [Fact]
    public void Tokens_tell_which_characters_they_touch()
    {
        var tokens = Create().EncodeToTokens("aé", out _);
        Assert.Equal([97, 0xC3, 0xA9], tokens.Select(token => token.Id));
        Assert.Equal([0..1, 1..2, 1..2], tokens.Select(token => token.Offset));
        Assert.Equal(["a", "é", "é"], tokens.Select(token => token.Value));
    }

    [Fact]
    public void A_byte_without_a_rank_throws()
    {
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes("YQ== 0\nYg== 1"));
        var tokenizer = TiktokenTokenizer.Create(vocabulary, Words, normalizer: null);
        Assert.Equal([0, 1], tokenizer.EncodeToIds("ab"));
        Assert.Throws<KeyNotFoundException>(() => tokenizer.EncodeToIds("abc"));
    }

    [Theory]
    [InlineData("YQ==\nYg==", new[] { 0, 1 })]                   // the line is the rank
    [InlineData("Capacity: 2\n\nYQ== 5\nYg== 7", new[] { 5, 7 })]
    public void The_vocabulary_has_two_forms(string file, int[] ids)
    {
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes(file));
        Assert.Equal(ids, TiktokenTokenizer.Create(vocabulary, Words, normalizer: null).EncodeToIds("ab"));
        Assert.True(vocabulary.CanRead);   // the caller's to dispose
    }

    [Theory]
    [InlineData("YQ== x")]
    [InlineData("YQ== 1 2")]
    [InlineData("*** 1")]
    public void A_broken_vocabulary_throws(string file)
    {
        using var vocabulary = new MemoryStream(Encoding.UTF8.GetBytes(file));
        Assert.Throws<InvalidOperationException>(() => TiktokenTokenizer.Create(vocabulary, Words, normalizer: null));
        Assert.Throws<ArgumentNullException>(() => TiktokenTokenizer.Create((Stream)null!, Words, normalizer: null));
    }
}
