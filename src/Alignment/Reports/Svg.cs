using System.Globalization;
using System.Xml.Linq;

namespace Alignment.Reports;

/// <summary>The few shapes that charts are made of. Looks come from classes, so that they follow the reader's colour scheme.</summary>
internal static class Svg
{
    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    public static XElement Element(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var element = new XElement(Namespace + name);
        foreach (var (attribute, value) in attributes) element.SetAttributeValue(attribute, value);
        return element;
    }

    public static XElement Text(string name, string text) => new(Namespace + name, text);

    public static XElement Line(string type, double x1, double y1, double x2, double y2) =>
        Element("line", ("class", type), ("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)));

    public static XElement Rectangle(string type, double x, double y, double width, double height) =>
        Element("rect", ("class", type), ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)));

    public static XElement Label(string type, double x, double y, string text)
    {
        var label = Element("text", ("class", type), ("x", Number(x)), ("y", Number(y)));
        label.Add(text);
        return label;
    }

    public static XElement Path(string type, string data) => Element("path", ("class", type), ("d", data));

    /// <summary>What a mouse over the shape shows.</summary>
    public static XElement WithTip(this XElement shape, string tip)
    {
        shape.Add(Text("title", tip));
        return shape;
    }

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
