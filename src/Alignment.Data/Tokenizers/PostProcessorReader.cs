namespace Alignment.Data;

/// <summary>Reads post_processor: what the file wants before and after a text. Encoding never adds it.</summary>
internal static class PostProcessorReader
{
    private const int MostIds = 64;
    private const string Supported = "\"TemplateProcessing\", \"RobertaProcessing\", \"BertProcessing\", \"ByteLevel\", a \"Sequence\" of these, or none";

    public static (IReadOnlyList<int> Before, IReadOnlyList<int> After) Read(JsonValue value)
    {
        if (value.IsNull)
            return ([], []);
        var type = value["type"];
        switch (type.Text())
        {
            case "ByteLevel":
                return ([], []);
            case "TemplateProcessing":
                return Template(value);
            case "RobertaProcessing" or "BertProcessing":
                return ([Pair(value["cls"])], [Pair(value["sep"])]);
            case "Sequence":
                List<int> before = [], after = [];
                foreach (var item in value["processors"].Items())
                {
                    var (first, last) = Read(item);
                    before.InsertRange(0, first);
                    after.AddRange(last);
                    ThrowIfTooMany(before.Count + after.Count, value);
                }

                return (before, after);
            default:
                throw type.Unsupported(Supported);
        }
    }

    // "single" is a list of special tokens around the text: { "SpecialToken": { "id": "<s>" } }, { "Sequence": { "id": "A" } }.
    private static (List<int> Before, List<int> After) Template(JsonValue value)
    {
        List<int> before = [], after = [];
        var textSeen = false;
        foreach (var item in value["single"].Items())
        {
            var sequence = item["Sequence"];
            if (sequence.IsNull)
                (textSeen ? after : before).AddRange(Ids(value["special_tokens"], item["SpecialToken"]["id"]));
            else if (textSeen || sequence["id"].Text() != "A")
                throw sequence["id"].Unsupported("\"A\", once");
            else
                textSeen = true;
            ThrowIfTooMany(before.Count + after.Count, value);
        }

        return textSeen ? (before, after) : throw value["single"].Unsupported("a template that holds the text (\"Sequence\")");
    }

    private static List<int> Ids(JsonValue specialTokens, JsonValue name)
    {
        var token = specialTokens[name.Text()];
        return token.IsNull ? throw name.Invalid("a key of special_tokens") : [.. token["ids"].Items().Select(id => id.TokenId())];
    }

    private static int Pair(JsonValue pair)
        => pair.Items().ToArray() is [_, var id] ? id.TokenId() : throw pair.Invalid("a token and its id");

    private static void ThrowIfTooMany(int count, JsonValue value)
    {
        if (count > MostIds)
            throw value.Unsupported($"at most {MostIds} tokens around the text");
    }
}
