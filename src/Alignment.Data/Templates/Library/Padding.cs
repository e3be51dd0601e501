namespace Alignment.Data.Templates;

/// <summary>Texts brought to a width.</summary>
internal static class Padding
{
    public static Value Pad(Rendering rendering, Value self, Arguments arguments, string method)
    {
        var bound = arguments.Bind(rendering, method, 1, "width", "fillchar");
        var missing = Require.Integer(rendering, bound[0], $"The width of {method}()") - CodePoints.Count(self.Text);
        var fill = bound[1].IsMissing ? " " : Require.Text(rendering, bound[1], $"The fillchar of {method}()");
        if (fill.Length != 1)
            throw rendering.Error($"The fillchar of {method}() must be one character.");
        if (missing <= 0)
            return self;

        // Of an odd number to centre, Python puts the greater half to the left where the width is odd.
        var left = method switch
        {
            "ljust" => 0,
            "rjust" => missing,
            _ => (missing / 2) + (missing & bound[0].Integer & 1),
        };
        return Value.Of(new BoundedText(rendering).Append(fill[0], left).Append(self.Text).Append(fill[0], missing - left).ToString());
    }
}
