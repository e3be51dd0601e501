namespace Alignment.Data.Tests;

public class UnicodeNormalizationTests
{
    // Unicode Standard Annex 15, figures 3 to 6 and NormalizationTest.txt.
    [Theory]
    [InlineData("plain é", "plain é")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u212B\u2126", "\u00C5\u03A9")]                     // singletons: angstrom, ohm
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("d\u0323\u0307", "\u1E0D\u0307")]                    // the lower dot composes first ...
    [InlineData("d\u0307\u0323", "\u1E0D\u0307")]                    // ... in whichever order they came
    [InlineData("\u0958", "\u0915\u093C")]                            // excluded from composition
    [InlineData("a\u0315\u0300\u05AE\u0300b", "\u00E0\u05AE\u0300\u0315b")]
    [InlineData("e\u0301\u0301", "\u00E9\u0301")]                    // of two equal marks one composes
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]                     // Hangul
    [InlineData("\uAC00\u11A8\u11A8", "\uAC01\u11A8")]
    [InlineData("\uAC01\u11A8", "\uAC01\u11A8")]                     // no second trailing consonant
    [InlineData("\u1100\u0300\u1161", "\u1100\u0300\u1161")]         // a mark between blocks
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("\U00011099\U000110BA", "\U0001109A")]
    public void Text_is_composed(string text, string composed)
    {
        Assert.Equal(composed, UnicodeNormalization.FormC(text));
        Assert.Equal(composed, UnicodeNormalization.FormC(composed));
    }

    [Fact]
    public void A_long_run_of_marks_takes_no_quadratic_time()
    {
        var marks = string.Concat(Enumerable.Repeat("\u0301\u0316", 500_000));
        Assert.Equal(1_000_000, UnicodeNormalization.FormC("q" + marks).Length - 1);
    }
}
