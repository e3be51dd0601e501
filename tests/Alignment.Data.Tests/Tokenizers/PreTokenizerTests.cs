using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Alignment.Data.Tests;

public class PreTokenizerTests
{
    private static string[] Split(string text, params string[] patterns)
        => Cut(text, [.. patterns.Select(pattern => new RegexSplit(new Regex(pattern), SplitBehavior.Isolated, inverted: false))]);

    private static string[] Cut(string text, params PreTokenizer[] steps)
        => [.. new PreTokenizers(steps, asBytes: false).Cut(text, isFirst: true).Select(piece => piece.Span.ToString())];

    private static string[] Cut(string text, string json) => Cut(text, json, isFirst: true);

    private static string[] Cut(string text, string json, bool isFirst)
    {
        using var document = JsonDocument.Parse(json);
        return [.. PreTokenizerReader.Read(new JsonValue("f", "p", document.RootElement)).Cut(text, isFirst).Select(piece => piece.Span.ToString())];
    }

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
                Assert.Equal(category, char.GetUnicodeCategory(SupplementaryShadow.Of(char.ConvertFromUtf32(code))!.Text.Single()));
        }

        Assert.True(seen.Count >= 15, $"{seen.Count} categories beyond UTF-16");
    }

    [Fact]
    public void An_expression_that_takes_too_long_ends_in_a_typed_error()
    {
        var slow = new RegexSplit(new Regex("^(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(50)), SplitBehavior.Isolated, inverted: false);
        var error = Assert.Throws<TokenizerFormatException>(() => Cut(new string('a', 40) + "!", slow));
        Assert.Equal("The tokenizer's pattern '^(a+)+$' took more than 0.05 s on a text of 41 characters.", error.Message);
    }

    // By the tokenizers library's documentation of SplitDelimiterBehavior: "the-final--countdown" cut at '-'.
    [Theory]
    [InlineData("Removed", "the|final|countdown")]
    [InlineData("Isolated", "the|-|final|-|-|countdown")]
    [InlineData("MergedWithPrevious", "the-|final-|-|countdown")]
    [InlineData("MergedWithNext", "the|-final|-|-countdown")]
    [InlineData("Contiguous", "the|-|final|--|countdown")]
    public void Matches_go_where_the_behaviour_says(string behavior, string pieces)
    {
        var json = $$"""{"type":"Split","pattern":{"String":"-"},"behavior":"{{behavior}}","invert":false}""";
        Assert.Equal(pieces.Split('|'), Cut("the-final--countdown", json));
    }

    [Fact]
    public void Matches_and_what_lies_between_them_change_places()
        => Assert.Equal(["the", "final", "countdown"],
            Cut("the-final--countdown", """{"type":"Split","pattern":{"Regex":"[a-z]+"},"behavior":"Removed","invert":true}"""));

    // Checked against the tokenizers library 0.23.
    [Theory]
    [InlineData("""{"type":"Digits","individual_digits":true}""", "a12b", "a|1|2|b")]
    [InlineData("""{"type":"Digits"}""", "a12b", "a|12|b")]
    [InlineData("""{"type":"Whitespace"}""", "it's  a_b Ⓐx!? \u200Dy", "it|'|s|a_b|Ⓐx|!?|\u200Dy")]
    [InlineData("""{"type":"WhitespaceSplit"}""", " it's  a\n", "it's|a")]
    [InlineData("""{"type":"Punctuation"}""", "a$b.. «c»", "a|$|b|.|.| |«|c|»")]
    [InlineData("""{"type":"Punctuation","behavior":"Contiguous"}""", "a.. b", "a|..| b")]
    [InlineData("""{"type":"BertPreTokenizer"}""", "it's  a", "it|'|s|a")]
    [InlineData("""{"type":"Metaspace","replacement":"_"}""", "a  b", "_a|_|_b")]
    [InlineData("""{"type":"Metaspace","replacement":"_","prepend_scheme":"never"}""", "a b", "a|_b")]
    [InlineData("""{"type":"Metaspace","replacement":"_","add_prefix_space":false}""", "a b", "a|_b")]
    [InlineData("""{"type":"Metaspace","replacement":"_","split":false}""", " a b", "_a_b")]
    [InlineData("""{"type":"Sequence","pretokenizers":[{"type":"WhitespaceSplit"},{"type":"Metaspace","replacement":"_","prepend_scheme":"first"}]}""", "a b", "_a|b")]
    [InlineData("""{"type":"ByteLevel","add_prefix_space":true}""", "a b'll", " a| b|'ll")]
    [InlineData("""{"type":"ByteLevel","add_prefix_space":true}""", " a", " a")]
    public void A_step_cuts_as_the_library_does(string json, string text, string pieces) => Assert.Equal(pieces.Split('|'), Cut(text, json));

    [Fact]
    public void Only_what_begins_the_whole_text_is_first()
        => Assert.Equal(["a"], Cut("a", """{"type":"Metaspace","replacement":"_","prepend_scheme":"first"}""", isFirst: false));

    // Oniguruma's meaning of what .NET spells alike.
    [Theory]
    [InlineData("\\w+", "aःⅧ-b", "aःⅧ|-|b")]
    [InlineData("[\\w-]+", "aⅧ-b c", "aⅧ-b| |c")]
    [InlineData("\\w+", "🄰x-", "🄰x|-")]
    [InlineData("\\W", "a-b", "a|-|b")]
    [InlineData("\\h+", "xaf1g", "x|af1|g")]
    [InlineData("(?i:'s)", "I'ſa'Sb's", "I|'ſ|a|'S|b|'s")]
    [InlineData("^a", "a\na", "a|\n|a")]
    [InlineData("[^\\]]", "a]b", "a|]|b")]
    public void An_expression_means_what_it_means_there(string regex, string text, string pieces)
        => Assert.Equal(pieces.Split('|'), Cut(text, $$"""{"type":"Split","pattern":{"Regex":{{JsonSerializer.Serialize(regex)}}},"behavior":"Isolated"}"""));
}
