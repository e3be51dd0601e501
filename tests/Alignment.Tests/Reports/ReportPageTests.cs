using System.Xml.Linq;
using Alignment.Reports;

namespace Alignment.Tests.Reports;

/// <summary>Pages that any browser reads and that no text breaks out of.</summary>
public sealed class ReportPageTests
{
    [Fact]
    public void Elements_without_content_are_closed_where_html_wants_it()
    {
        var page = new HtmlPage("A & B");
        page.Add(new XElement("div"), new XElement("br"), Svg.Line("grid", 0, 0, 1, 1.25));
        var html = page.ToString();
        Assert.Contains("<title>A &amp; B</title>", html, StringComparison.Ordinal);
        Assert.Contains("<body><div></div><br /><line ", html, StringComparison.Ordinal);
        Assert.Contains(" y2=\"1.25\" />", html.Replace(" xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Rendering_twice_gives_the_same()
    {
        var page = new HtmlPage("t");
        page.Add(new XElement("p", "a\u0001"));
        Assert.Equal(page.ToString(), page.ToString());
    }

    [Theory]
    [InlineData("plain, 한국어 and\ttabs\n", "plain, 한국어 and\ttabs\n")]
    [InlineData("\u0000\u001b[31m\r", "␀␛[31m␍")]
    [InlineData("\u007f\u0085\uFFFE\uFFFF", "␡\uFFFD\uFFFD\uFFFD")]
    public void Characters_that_no_page_can_hold_are_replaced(string text, string clean) => Assert.Equal(clean, HtmlText.Clean(text));

    [Fact]
    public void Halves_of_surrogate_pairs_are_replaced()   // no attribute can hold them
    {
        Assert.Equal("😀 \uFFFD", HtmlText.Clean("😀 \uD83D"));
        Assert.Equal("\uFFFD\uFFFD😀", HtmlText.Clean("\uDE00\uD83D\uD83D\uDE00"));
    }

    [Fact]
    public void Any_text_comes_back_out_of_the_page()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 500; trial++)
        {
            var text = new string([.. Enumerable.Range(0, 40).Select(_ => (char)(random.Next(3) == 0 ? random.Next(0x10000)
                : "<>&\"'/]-!a "[random.Next(11)]))]);
            var page = new HtmlPage(text);
            page.Add(new XElement("p", new XAttribute("title", text), text), BarChart.Of(text, text, [0, 1], [(text, [1])]));
            var html = page.ToString();
            var root = XDocument.Parse(html["<!DOCTYPE html>\n".Length..], LoadOptions.PreserveWhitespace).Root!;
            Assert.Equal(["head", "body"], root.Elements().Select(element => element.Name.LocalName));
            Assert.Equal(HtmlText.Clean(text), root.Descendants("p").Single().Value);
        }
    }
}
