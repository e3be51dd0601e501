using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Packages.Tests;

public class TokenizerPreTokenizerTests
{
    private static string[] Pieces(PreTokenizer preTokenizer, string text)
    {
        var pieces = preTokenizer.PreTokenize(text).Select(piece => text.Substring(piece.Offset, piece.Length)).ToArray();
        Assert.Equal(pieces, preTokenizer.PreTokenize(text.AsSpan()).Select(piece => text.Substring(piece.Offset, piece.Length)));
        return pieces;
    }

    [Fact]
    public void Text_between_matches_is_dropped()
        => Assert.Equal(["ab", "cd"], Pieces(new RegexPreTokenizer(new Regex("[a-z]+"), null), "1ab-cd2"));

    [Fact]
    public void Special_tokens_are_cut_out_before_the_expression_sees_the_text()
    {
        var special = new Dictionary<string, int> { ["<s>"] = 1 };
        Assert.Equal(["<s>", "a<", "<s>", "b"], Pieces(new RegexPreTokenizer(new Regex(@"\S+"), special), "<s>a<<s>b"));
    }

    [Fact]
    public void Of_two_special_tokens_at_one_place_the_first_in_the_dictionary_wins()
    {
        var regex = new Regex(".");
        Assert.Equal(["<a>", "+"], Pieces(new RegexPreTokenizer(regex, new Dictionary<string, int> { ["<a>"] = 1, ["<a>+"] = 2 }), "<a>+"));
        Assert.Equal(["<a>+"], Pieces(new RegexPreTokenizer(regex, new Dictionary<string, int> { ["<a>+"] = 2, ["<a>"] = 1 }), "<a>+"));
    }

    [Fact]
    public void Each_match_is_sought_in_what_is_left_so_that_look_behind_sees_nothing()
    {
        Assert.Equal(["a", "b"], Pieces(new RegexPreTokenizer(new Regex("^a|(?<!a)b"), null), "ab"));
        var special = new Dictionary<string, int> { ["|"] = 1 };
        Assert.Equal(["a", "|", "b"], Pieces(new RegexPreTokenizer(new Regex("[ab]$"), special), "a|b"));
    }

    [Fact]
    public void The_ready_made_ones()
    {
        Assert.Equal(["don", "t", "1_2"], Pieces(PreTokenizer.CreateWordOrPunctuation(), "don+t 1_2"));
        Assert.Equal(["a", "+-", "b"], Pieces(PreTokenizer.CreateWordOrNonWord(), "a +- b"));
        Assert.Equal(["a+", "b"], Pieces(PreTokenizer.CreateWhiteSpace(), " a+ b "));
        Assert.Equal(["I", "'ll", " be", " 42", "!", " ", " ok", "\n"], Pieces(RobertaPreTokenizer.Instance, "I'll be 42!  ok\n"));
    }

    [Fact]
    public void Nothing_is_cut_from_nothing()
    {
        Assert.Empty(Pieces(RobertaPreTokenizer.Instance, ""));
        Assert.Throws<ArgumentNullException>(() => new RegexPreTokenizer(null!, null));
    }

    [Fact]
    public void Normalizers_change_case()
    {
        Assert.Equal("äb", LowerCaseNormalizer.Instance.Normalize("ÄB"));
        Assert.Equal("ÄB", UpperCaseNormalizer.Instance.Normalize("äb".AsSpan()));
        var tokenizer = BpeTokenizer.Create(new BpeOptions(TokenizerVocabulary.Of()) { ByteLevel = true, Normalizer = LowerCaseNormalizer.Instance });
        Assert.Equal([97], tokenizer.EncodeToIds("A"));
        Assert.Equal([65], tokenizer.EncodeToIds("A", considerNormalization: false));
        tokenizer.EncodeToTokens("A", out var normalized);
        Assert.Equal("a", normalized);
    }
}
