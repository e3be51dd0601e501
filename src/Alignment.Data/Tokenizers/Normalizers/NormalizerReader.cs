namespace Alignment.Data;

/// <summary>Reads normalizer: what is done to the text before it is cut.</summary>
internal static class NormalizerReader
{
    private const string Supported = "\"NFC\", \"NFD\", \"NFKC\", \"NFKD\", \"Lowercase\", \"StripAccents\", \"Strip\", \"Replace\", \"Prepend\", "
        + "a \"Sequence\" of these, or no normalizer";

    private const int MostSteps = 32;
    private const int LongestContent = 256;

    public static Func<string, string> Read(JsonValue value)
    {
        var steps = new List<Func<string, string>>();
        Add(value, steps);
        return steps switch
        {
            [] => static text => text,
            [var only] => only,
            _ => text => steps.Aggregate(text, (current, step) => Bounded(step(current), text.Length)),
        };
    }

    /// <summary>Reads a step that replaces a text or an expression.</summary>
    public static Func<string, string> Replace(JsonValue value)
    {
        var content = Content(value["content"]);
        var literal = value["pattern"]["String"];
        if (!literal.IsNull)
        {
            var sought = literal.Text();
            if (sought.Length == 0)
                throw literal.Invalid("a text of at least one character");
            return text => text.Replace(sought, content, StringComparison.Ordinal);
        }

        var split = new RegexSplit(Pattern.Read(value["pattern"]), SplitBehavior.Isolated, inverted: false);
        return text => split.Replace(text, content);
    }

    private static void Add(JsonValue value, List<Func<string, string>> steps)
    {
        if (value.IsNull)
            return;
        var type = value["type"];
        if (steps.Count == MostSteps)
            throw type.Unsupported($"at most {MostSteps} steps");
        switch (type.Text())
        {
            case "Sequence":
                foreach (var item in value["normalizers"].Items())
                    Add(item, steps);
                break;
            case "NFC":
                steps.Add(UnicodeNormalization.FormC);
                break;
            case "NFD":
                steps.Add(UnicodeNormalization.FormD);
                break;
            case "NFKC":
                steps.Add(UnicodeNormalization.FormKC);
                break;
            case "NFKD":
                steps.Add(UnicodeNormalization.FormKD);
                break;
            case "Lowercase":
                steps.Add(Letters.Lower);
                break;
            case "StripAccents":
                steps.Add(Letters.WithoutAccents);
                break;
            case "Strip":
                steps.Add(Strip(value));
                break;
            case "Replace":
                steps.Add(Replace(value));
                break;
            case "Prepend":
                var prefix = Content(value["prepend"]);
                steps.Add(text => text.Length > 0 ? prefix + text : text);
                break;
            default:
                throw type.Unsupported(Supported);
        }
    }

    private static Func<string, string> Strip(JsonValue value)
    {
        var left = value["strip_left"].Flag(otherwise: true);
        var right = value["strip_right"].Flag(otherwise: true);
        return text => (left, right) switch
        {
            (true, true) => text.Trim(),
            (true, false) => text.TrimStart(),
            (false, true) => text.TrimEnd(),
            _ => text,
        };
    }

    // Honest steps make a few characters of one; replacing again and again what was put in could make any number.
    private static string Bounded(string text, int from) => text.Length <= LongestContent * (from + 16L)
        ? text
        : throw new TokenizerFormatException($"The tokenizer's normalizer makes {text.Length} characters of {from}, more than {LongestContent} of each.");

    // What a text can grow by is bounded.
    private static string Content(JsonValue value)
        => value.Text().Length <= LongestContent ? value.Text() : throw value.Invalid($"a text of at most {LongestContent} characters");
}
