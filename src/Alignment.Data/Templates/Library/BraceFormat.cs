using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>Python's <c>"{} {0} {name}".format(...)</c>, without formats and members inside the braces.</summary>
internal static class BraceFormat
{
    public static Value Apply(Rendering rendering, Value self, Arguments arguments)
    {
        var format = self.Text;
        var text = new BoundedText(rendering);
        rendering.Charge(format.Length);
        var next = 0;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] is not ('{' or '}'))
            {
                text.Append(format[i]);
            }
            else if (i + 1 < format.Length && format[i + 1] == format[i])
            {
                text.Append(format[i++]);
            }
            else
            {
                var end = format[i] == '{' ? format.IndexOf('}', i) : -1;
                if (end < 0)
                    throw rendering.Error("A brace of format() must be doubled, or be one of a pair.");
                text.Append(Display.Text(rendering, Field(rendering, format[(i + 1)..end], arguments, ref next)));
                i = end;
            }
        }

        return Value.Of(text.ToString());
    }

    private static Value Field(Rendering rendering, string field, Arguments arguments, ref int next)
    {
        var isNumber = int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var place);
        if (field.Length == 0 || isNumber)
        {
            place = isNumber ? place : next++;
            return place < arguments.Positional.Length
                ? arguments.Positional[place]
                : throw rendering.Error($"format() must have an argument for each place; {arguments.Positional.Length} were given.");
        }

        foreach (var (name, value) in arguments.Named)
        {
            rendering.Step();
            if (name == field)
                return value;
        }

        throw rendering.Error($"A place of format() must be empty, a number or the name of an argument; was '{{{field}}}'.");
    }
}
