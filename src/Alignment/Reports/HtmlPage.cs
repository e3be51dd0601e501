using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Alignment.Reports;

/// <summary>One self-contained page: no script, no network, no other file. It is well-formed XML too, and all text in it is encoded.</summary>
internal sealed class HtmlPage
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private static readonly HashSet<string> Void = new(StringComparer.Ordinal) { "meta", "br", "hr", "img", "link", "input", "col", "wbr" };

    private readonly XElement _body = new("body");
    private readonly string _title;

    public HtmlPage(string title) => _title = title;

    /// <summary>Adds elements, or text, to the body.</summary>
    public void Add(params object[] content) => _body.Add(content);

    public override string ToString()
    {
        var html = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("http-equiv", "Content-Security-Policy"), new XAttribute("content", Policy)),
                new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("meta", new XAttribute("name", "color-scheme"), new XAttribute("content", "light dark")),
                new XElement("title", _title),
                new XElement("style", PageStyle.Css)),
            new XElement(_body));
        foreach (var element in html.DescendantsAndSelf()) Prepare(element);

        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = false, NewLineHandling = NewLineHandling.None }))
            html.WriteTo(writer);
        return text.Append('\n').ToString();
    }

    private static void Prepare(XElement element)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration)) attribute.Value = HtmlText.Clean(attribute.Value);
        foreach (var text in element.Nodes().OfType<XText>()) text.Value = HtmlText.Clean(text.Value);
        // To a browser <p/> is an open tag.
        if (element.IsEmpty && element.Name.Namespace == XNamespace.None && !Void.Contains(element.Name.LocalName)) element.Value = "";
    }
}
