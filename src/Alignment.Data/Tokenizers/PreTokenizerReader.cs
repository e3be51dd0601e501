using System.Text.RegularExpressions;

namespace Alignment.Data;

/// <summary>Reads pre_tokenizer: the expressions that cut the text, in order, before its bytes are encoded.</summary>
internal static class PreTokenizerReader
{
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Supported = "\"ByteLevel\", \"Split\", \"Digits\", or a \"Sequence\" of these with \"ByteLevel\" last";
    private const int LongestPattern = 1 << 14;
    private const int MostSplits = 16;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);   // a match; honest ones take microseconds

    public static IReadOnlyList<Regex> Read(JsonValue value)
    {
        if (value.IsNull)
            throw value.Unsupported(Supported);
        var splits = new List<Regex>();
        var hasBytes = false;
        Add(value, splits, ref hasBytes);
        return splits;
    }

    private static void Add(JsonValue value, List<Regex> splits, ref bool hasBytes)
    {
        var type = value["type"];
        if (hasBytes)
            throw type.Unsupported("nothing after \"ByteLevel\"");
        if (splits.Count == MostSplits)
            throw type.Unsupported($"at most {MostSplits} splits");

        switch (type.Text())
        {
            case "Sequence":
                foreach (var item in value["pretokenizers"].Items())
                    Add(item, splits, ref hasBytes);
                break;
            case "Split":
                splits.Add(Split(value));
                break;
            case "Digits":
                splits.Add(Compile(value["individual_digits"].Flag(otherwise: false) ? @"\p{N}" : @"\p{N}+", type));
                break;
            case "ByteLevel":
                if (value["add_prefix_space"].Flag(otherwise: false))
                    throw value["add_prefix_space"].Unsupported("false");
                if (value["use_regex"].Flag(otherwise: true))
                    splits.Add(Compile(Gpt2, type));
                hasBytes = true;
                break;
            default:
                throw type.Unsupported(Supported);
        }
    }

    private static Regex Split(JsonValue value)
    {
        if (value["behavior"].Text() != "Isolated")
            throw value["behavior"].Unsupported("\"Isolated\"");
        if (value["invert"].Flag(otherwise: false))
            throw value["invert"].Unsupported("false");

        var literal = value["pattern"]["String"];
        var regex = value["pattern"]["Regex"];
        return literal.IsNull ? Compile(regex.Text(), regex) : Compile(Regex.Escape(literal.Text()), literal);
    }

    private static Regex Compile(string pattern, JsonValue value)
    {
        if (pattern.Length is 0 or > LongestPattern)
            throw value.Invalid($"a pattern of 1 to {LongestPattern} characters");
        try
        {
            return new Regex(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, Timeout);
        }
        catch (ArgumentException e)
        {
            throw new TokenizerFormatException($"{value.Unsupported(".NET regular expressions").Message} {e.Message}", e);
        }
    }
}
