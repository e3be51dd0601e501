using System.Globalization;
using System.Text;

namespace Alignment.Feedback;

/// <summary>An object initializer in C#.</summary>
internal sealed class CodeObject(string type)
{
    private const int LongestLine = 110;

    private readonly List<(string Name, object Value)> members = [];

    public CodeObject With(string name, object? value)
    {
        if (value is not null) members.Add((name, value));
        return this;
    }

    /// <summary>The expression; on one line where it is short.</summary>
    /// <param name="indent">Spaces before its lines.</param>
    public string ToCode(int indent = 0)
    {
        var line = $"new {type} {{ {string.Join(", ", members.Select(member => $"{member.Name} = {Value(member.Value, 0)}"))} }}";
        if (members.Count == 0) return $"new {type}()";
        if (line.Length + indent <= LongestLine && !line.Contains('\n', StringComparison.Ordinal)) return line;
        var space = new string(' ', indent);
        var code = new StringBuilder($"new {type}\n{space}{{\n");
        foreach (var (name, value) in members) code.Append(CultureInfo.InvariantCulture, $"{space}    {name} = {Value(value, indent + 4)},\n");
        return code.Append(space).Append('}').ToString();
    }

    private static string Value(object value, int indent) => value switch
    {
        CodeObject inner => inner.ToCode(indent),
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        double number => number.ToString("0.################", CultureInfo.InvariantCulture) is var plain && number != 0 && Math.Abs(number) < 1e-3
            ? number.ToString("0.###e-0", CultureInfo.InvariantCulture) : plain,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
