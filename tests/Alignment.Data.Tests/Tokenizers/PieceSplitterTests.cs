using System.Globalization;
using System.Text.RegularExpressions;

namespace Alignment.Data.Tests;

public class PieceSplitterTests
{
    private static string[] Split(string text, params string[] patterns)
        => [.. new PieceSplitter([.. patterns.Select(pattern => new Regex(pattern))]).Split(text).Select(range => text[range])];

    [Fact]
    public void Matches_and_what_lies_between_them_are_pieces()
    {
        Assert.Equal(["--", "ab", "-", "c", "!"], Split("--ab-c!", "[a-z]+"));
        Assert.Equal(["ab"], Split("ab", "[0-9]"));
        Assert.Equal(["a", "b"], Split("ab", "(?=b)"));   // an empty match cuts too
        Assert.Equal(["a", "b", "c"], Split("abc", "x*"));
        Assert.Empty(Split("", "a"));
        Assert.Equal(["ab"], Split("ab"));
    }

    [Fact]
    public void The_next_expression_cuts_each_piece_further()
        => Assert.Equal(["a", "1", "2", "b", "c"], Split("a12bc", "[0-9]", "(?=c)"));

    [Fact]
    public void An_expression_sees_all_of_its_piece()
        => Assert.Equal(["a", "bb"], Split("abb", "(?<=a)b+"));

    [Fact]
    public void A_letter_beyond_UTF_16_is_a_letter()
    {
        Assert.Equal(["x𝔘𝔫y", "🙂🙂", "\U0001D7D8\U0001D7D9"], Split("x𝔘𝔫y🙂🙂\U0001D7D8\U0001D7D9", @"\p{L}+|\p{N}+|[^\p{L}\p{N}]+"));
        Assert.Equal(["𝔘", "𝔫"], Split("𝔘𝔫", @"\p{Lu}"));
    }

    [Fact]
    public void A_stand_in_has_the_category_of_what_it_stands_for()
    {
        var seen = new HashSet<UnicodeCategory>();
        for (var code = 0x10000; code <= 0x10FFFF; code++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(code);
            if (seen.Add(category))
                Assert.Equal(category, char.GetUnicodeCategory(SupplementaryShadow.Of(char.ConvertFromUtf32(code)).Text.Single()));
        }

        Assert.True(seen.Count >= 15, $"{seen.Count} categories beyond UTF-16");
    }

    [Fact]
    public void An_expression_that_takes_too_long_ends_in_a_typed_error()
    {
        var slow = new PieceSplitter([new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(50))]);
        var error = Assert.Throws<TokenizerFormatException>(() => slow.Split(new string('a', 40) + "!"));
        Assert.Equal("The pre_tokenizer's pattern '^(a+)+$' took more than 0.05 s on a text of 41 characters.", error.Message);
    }
}
