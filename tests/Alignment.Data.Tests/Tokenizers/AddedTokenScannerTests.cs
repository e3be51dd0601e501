namespace Alignment.Data.Tests;

public class AddedTokenScannerTests
{
    private static AddedToken Token(int id, string content, bool word = false, bool before = false, bool after = false)
        => new(id, content, IsSpecial: true, word, before, after, InNormalizedText: false);

    private static string Scan(string text, params AddedToken[] tokens)
        => string.Join('/', new AddedTokenScanner(tokens).Scan(text).Select(part => $"{text[part.Range]}{(part.Token is null ? "" : $"={part.Token.Id}")}"));

    [Fact]
    public void Tokens_and_what_lies_between_them()
    {
        Assert.Equal("x/<a>=1/y/<a>=1/<a>=1", Scan("x<a>y<a><a>", Token(1, "<a>")));
        Assert.Equal("<a", Scan("<a", Token(1, "<a>")));
        Assert.Equal("", Scan("", Token(1, "<a>")));
        Assert.Equal("<a>", Scan("<a>"));
    }

    [Fact]
    public void The_leftmost_and_longest_wins()
    {
        Assert.Equal("<a><b>=2", Scan("<a><b>", Token(1, "<a>"), Token(2, "<a><b>"), Token(3, "<b>")));
        Assert.Equal("abc=1/d", Scan("abcd", Token(1, "abc"), Token(2, "bcd")));
    }

    [Fact]
    public void White_space_beside_a_token_may_belong_to_it()
    {
        Assert.Equal("x/ \n<a>=1/ y", Scan("x \n<a> y", Token(1, "<a>", before: true)));
        Assert.Equal("x /<a> \t=1/y", Scan("x <a> \ty", Token(1, "<a>", after: true)));
        Assert.Equal("<a> =1/<b>=2", Scan("<a> <b>", Token(1, "<a>", after: true), Token(2, "<b>", before: true)));
    }

    [Fact]
    public void A_whole_word_has_no_letter_beside_it()
    {
        Assert.Equal("ab", Scan("ab", Token(1, "a", word: true)));
        Assert.Equal("_a", Scan("_a", Token(1, "a", word: true)));
        Assert.Equal("𝔘a", Scan("𝔘a", Token(1, "a", word: true)));
        Assert.Equal("ba-/a=1/ /a=1", Scan("ba-a a", Token(1, "a", word: true)));
    }

    [Fact]
    public void Tokens_for_normalized_text_are_sought_after_the_others_and_after_normalization()
    {
        var tokens = new AddedTokens(
            [Token(1, "E"), Token(2, "Ab") with { InNormalizedText = true }, Token(3, "x") with { InNormalizedText = true }],
            text => text.ToLowerInvariant());
        Assert.Equal(["c", "E1", "ab2", "e", "x3"], tokens.Split("CEaBex").Select(part => $"{part.Text}{part.Token?.Id}"));
    }
}
