using System.Text.Json;

namespace Alignment.Data.Tests;

public class NormalizerTests
{
    private static string Normalize(string json, string text)
    {
        using var document = JsonDocument.Parse(json);
        return NormalizerReader.Read(new JsonValue("f", "n", document.RootElement))(text);
    }

    // Unicode Standard Annex 15, table 1 and figures 3 to 6; Unicode's SpecialCasing.txt.
    [Theory]
    [InlineData("NFD", "\u1E9B\u0323", "\u017F\u0323\u0307")]
    [InlineData("NFKD", "\u1E9B\u0323", "s\u0323\u0307")]
    [InlineData("NFKC", "\u1E9B\u0323", "\u1E69")]
    [InlineData("NFC", "\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("NFD", "\uFB01", "\uFB01")]
    [InlineData("NFKC", "\uFB01 2\u2075 ｶﾞ ① ㎏", "fi 25 ガ 1 kg")]
    [InlineData("NFD", "\uAC01", "\u1100\u1161\u11A8")]
    [InlineData("NFKC", "plain", "plain")]
    [InlineData("Lowercase", "ΑΣ ÀÉ \u0130 𐐀 ẞ", "ας àé i\u0307 𐐨 ß")]
    [InlineData("StripAccents", "e\u0301\u0903a", "ea")]
    [InlineData("StripAccents", "é", "é")]
    public void A_form(string type, string text, string normalized)
        => Assert.Equal(normalized.Replace('ς', 'σ'), Normalize($$"""{"type":"{{type}}"}""", text));

    [Theory]
    [InlineData("""{"type":"Strip"}""", " a b\u3000", "a b")]
    [InlineData("""{"type":"Strip","strip_left":false}""", " a ", " a")]
    [InlineData("""{"type":"Strip","strip_right":false}""", " a ", "a ")]
    [InlineData("""{"type":"Replace","pattern":{"String":".."},"content":"-"}""", "a...b.c", "a-.b.c")]
    [InlineData("""{"type":"Replace","pattern":{"Regex":"\\s+"},"content":"$0"}""", "a \n b", "a$0b")]
    [InlineData("""{"type":"Replace","pattern":{"Regex":"\\p{L}"},"content":"x"}""", "1𝔘b🙂", "1xx🙂")]
    [InlineData("""{"type":"Prepend","prepend":"▁"}""", "a", "▁a")]
    [InlineData("""{"type":"Prepend","prepend":"▁"}""", "", "")]
    [InlineData("""{"type":"Sequence","normalizers":[{"type":"NFD"},{"type":"StripAccents"},{"type":"Lowercase"}]}""", "ÉA", "ea")]
    public void A_step(string json, string text, string normalized) => Assert.Equal(normalized, Normalize(json, text));

    [Fact]
    public void A_text_that_grows_without_end_is_an_error()
    {
        var step = $$"""{"type":"Replace","pattern":{"String":"a"},"content":"{{new string('a', 256)}}"}""";
        var error = Assert.Throws<TokenizerFormatException>(() => Normalize($$"""{"type":"Sequence","normalizers":[{{step}},{{step}},{{step}}]}""", "a"));
        Assert.Equal("The tokenizer's normalizer makes 65536 characters of 1, more than 256 of each.", error.Message);
    }
}
