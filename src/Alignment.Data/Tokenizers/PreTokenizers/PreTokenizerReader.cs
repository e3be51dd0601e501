namespace Alignment.Data;

/// <summary>Reads pre_tokenizer: what cuts the text, in order.</summary>
internal static class PreTokenizerReader
{
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const string Word = Pattern.Word + @"\u200C\u200D";   // the library has two kinds of expressions
    private const string Words = $@"[{Word}]+|[^{Word}\s]+";
    private const string Punctuation = @"[\p{P}$+<=>^`|~]";
    private const int MostSteps = 16;

    private const string Supported = "\"ByteLevel\", \"Split\", \"Digits\", \"Whitespace\", \"WhitespaceSplit\", \"Punctuation\", \"BertPreTokenizer\", "
        + "\"Metaspace\", a \"Sequence\" of these with \"ByteLevel\" last, or no pre-tokenizer";

    public static PreTokenizers Read(JsonValue value)
    {
        var steps = new List<PreTokenizer>();
        var asBytes = false;
        if (!value.IsNull)
            Add(value, steps, ref asBytes);
        return new PreTokenizers(steps, asBytes);
    }

    private static void Add(JsonValue value, List<PreTokenizer> steps, ref bool asBytes)
    {
        var type = value["type"];
        if (asBytes)
            throw type.Unsupported("nothing after \"ByteLevel\"");
        if (steps.Count >= MostSteps)
            throw type.Unsupported($"at most {MostSteps} steps");

        switch (type.Text())
        {
            case "Sequence":
                foreach (var item in value["pretokenizers"].Items())
                    Add(item, steps, ref asBytes);
                break;
            case "Split":
                steps.Add(new RegexSplit(Pattern.Read(value["pattern"]), Behavior(value["behavior"]), value["invert"].Flag(otherwise: false)));
                break;
            case "Digits":
                steps.Add(Isolated(value["individual_digits"].Flag(otherwise: false) ? @"\p{N}" : @"\p{N}+", type));
                break;
            case "Whitespace":
                steps.Add(new RegexSplit(Pattern.Compile(Words, type), SplitBehavior.Removed, inverted: true));
                break;
            case "WhitespaceSplit":
                steps.Add(WithoutSpace(type));
                break;
            case "Punctuation":
                var behavior = value["behavior"].IsNull ? SplitBehavior.Isolated : Behavior(value["behavior"]);
                steps.Add(new RegexSplit(Pattern.Compile(Punctuation, type), behavior, inverted: false));
                break;
            case "BertPreTokenizer":
                steps.AddRange(WithoutSpace(type), Isolated(Punctuation, type));
                break;
            case "Metaspace":
                steps.Add(MetaspaceReader.PreTokenizer(value));
                break;
            case "ByteLevel":
                if (value["add_prefix_space"].Flag(otherwise: false))
                    steps.Add(new SpaceBefore());
                if (value["use_regex"].Flag(otherwise: true))
                    steps.Add(Isolated(Gpt2, type));
                asBytes = true;
                break;
            default:
                throw type.Unsupported(Supported);
        }
    }

    private static RegexSplit Isolated(string pattern, JsonValue type) => new(Pattern.Compile(pattern, type), SplitBehavior.Isolated, inverted: false);

    private static RegexSplit WithoutSpace(JsonValue type) => new(Pattern.Compile(@"\s", type), SplitBehavior.Removed, inverted: false);

    private static SplitBehavior Behavior(JsonValue value) => value.Text() switch
    {
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        _ => throw value.Unsupported("\"Removed\", \"Isolated\", \"MergedWithPrevious\", \"MergedWithNext\", \"Contiguous\""),
    };
}
