using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Alignment.Data;

/// <summary>
/// A file's expression as one of .NET. Files are written for Oniguruma; what both spell alike but read differently is
/// translated or refused, never passed on.
/// </summary>
internal static class Pattern
{
    /// <summary>What \w means there: alphabetic characters, marks, digits and connectors.</summary>
    public const string Word = @"\p{L}\p{M}\p{Nl}\p{Nd}\p{Pc}\u24B6-\u24E9";

    private const int Longest = 1 << 14;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);   // a match; honest ones take microseconds
    private static readonly SearchValues<char> PlainEscapes = SearchValues.Create("dDsSpPbBtrnvfAzZuxX0123456789");

    /// <summary>Reads { "String": ... } or { "Regex": ... }.</summary>
    public static Regex Read(JsonValue value)
    {
        var literal = value["String"];
        var regex = value["Regex"];
        return literal.IsNull ? Compile(regex.Text(), regex, translate: true) : Compile(Regex.Escape(literal.Text()), literal);
    }

    /// <summary>An expression of our own.</summary>
    public static Regex Compile(string pattern, JsonValue value) => Compile(pattern, value, translate: false);

    private static Regex Compile(string pattern, JsonValue value, bool translate)
    {
        if (pattern.Length is 0 or > Longest)
            throw value.Invalid($"a pattern of 1 to {Longest} characters");
        try
        {
            // ^ and $ are the ends of lines, as there.
            var options = RegexOptions.Compiled | RegexOptions.CultureInvariant | RegexOptions.Multiline;
            return new Regex(translate ? Translate(pattern, value) : pattern, options, Timeout);
        }
        catch (ArgumentException e)
        {
            throw new TokenizerFormatException($"{value.Unsupported(".NET regular expressions").Message} {e.Message}", e);
        }
    }

    private static string Translate(string pattern, JsonValue value)
    {
        var translated = new StringBuilder(pattern.Length);
        var inClass = false;
        var ignoresCase = new Stack<bool>([false]);   // by group
        for (int i = 0, length; i < pattern.Length; i += length)
        {
            var rest = pattern.AsSpan(i);
            ThrowIfRefused(rest, inClass, value);
            if (rest[0] == '(' && !inClass)
                ignoresCase.Push(ignoresCase.Peek() || rest.StartsWith("(?i:"));
            else if (rest[0] == ')' && !inClass && ignoresCase.Count > 1)
                ignoresCase.Pop();

            length = rest[0] == '\\' || (!inClass && rest.StartsWith("[^")) ? 2 : 1;
            if (rest[0] == '\\')
                translated.Append(Escape(rest, inClass, value));
            else if (rest[0] is 's' or 'S' && ignoresCase.Peek())
                translated.Append(inClass ? "s\u017F" : "[s\u017F]");   // .NET forgets the long s
            else
                translated.Append(rest[..length]);

            if (rest[0] == (inClass ? ']' : '['))
                inClass = !inClass;
        }

        return translated.ToString();
    }

    private static void ThrowIfRefused(ReadOnlySpan<char> rest, bool inClass, JsonValue value)
    {
        if (char.IsSurrogate(rest[0]))
            throw value.Unsupported("a pattern without characters beyond U+FFFF");
        if (inClass && (rest[0] == '[' || rest.StartsWith("&&")))
            throw value.Unsupported("classes of characters without '[' or '&&' in them");
        if (inClass)
            return;
        if (rest.StartsWith("[]") || rest.StartsWith("[^]"))
            throw value.Unsupported("classes of at least one character");
        if (rest.StartsWith("{,"))
            throw value.Unsupported("repetitions {n}, {n,} and {n,m}");
        if (rest.StartsWith("(?") && !IsGroup(rest[2..]))
            throw value.Unsupported("groups (?:, (?i:, (?=, (?!, (?<=, (?<! and (?>");
    }

    private static string Escape(ReadOnlySpan<char> rest, bool inClass, JsonValue value)
    {
        var escaped = rest.Length > 1 ? rest[1] : throw value.Unsupported("a pattern that does not end in \\");
        return escaped switch
        {
            'w' => inClass ? Word : $"[{Word}]",
            'W' when !inClass => $"[^{Word}]",
            'h' => inClass ? "0-9a-fA-F" : "[0-9a-fA-F]",   // a hexadecimal digit there
            _ when PlainEscapes.Contains(escaped) || (char.IsAscii(escaped) && !char.IsAsciiLetterOrDigit(escaped)) => $"\\{escaped}",
            _ => throw value.Unsupported("the escapes \\d \\D \\s \\S \\w \\W \\h \\p \\P \\b \\B \\A \\z \\Z, of characters and of signs"),
        };
    }

    private static bool IsGroup(ReadOnlySpan<char> inside)
        => inside.StartsWith(":") || inside.StartsWith("i:") || inside.StartsWith("=") || inside.StartsWith("!") || inside.StartsWith(">")
            || inside.StartsWith("<=") || inside.StartsWith("<!");
}
