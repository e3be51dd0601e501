namespace Alignment.Data;

/// <summary>Reads decoder: the steps from tokens to text.</summary>
internal static class DecoderReader
{
    private const int MostSteps = 16;
    private const int MostStripped = 1024;

    private const string Supported = "\"ByteLevel\" alone, or \"Replace\", \"Metaspace\", \"ByteFallback\", \"Strip\" and \"Fuse\", one or a \"Sequence\" of them";

    /// <summary>Reads it; a file of the byte-level kind may lack it.</summary>
    public static TokenDecoder Read(JsonValue value, IReadOnlyDictionary<string, int> vocabulary, IReadOnlyList<AddedToken> addedTokens, bool asBytes)
    {
        var parts = Flatten(value).ToArray();
        if (parts is [] ? asBytes : parts is [var only] && only["type"].Text() == "ByteLevel")
            return new TokenBytes(vocabulary, addedTokens);
        if (parts.Length is 0 or > MostSteps)
            throw value.Unsupported($"{Supported}, 1 to {MostSteps} steps");

        var steps = new List<Func<DecoderStep>>();
        var fused = false;
        foreach (var part in parts)
            Add(part, steps, ref fused);
        return new TokenTexts(vocabulary, addedTokens, () => [.. steps.Select(step => step())]);
    }

    private static IEnumerable<JsonValue> Flatten(JsonValue value)
    {
        if (value.IsNull)
            return [];
        return value["type"].Text() == "Sequence" ? value["decoders"].Items().SelectMany(Flatten) : [value];
    }

    private static void Add(JsonValue value, List<Func<DecoderStep>> steps, ref bool fused)
    {
        var type = value["type"];
        if (fused && type.Text() is not ("Fuse" or "Strip"))
            throw type.Unsupported("\"Strip\" after \"Fuse\"");

        switch (type.Text())
        {
            case "Fuse":
                fused = true;
                break;
            case "ByteFallback":
                steps.Add(static () => new ByteFallbackDecoder());
                break;
            case "Metaspace":
                var (sign, drops) = (MetaspaceReader.Sign(value), MetaspaceReader.Prefix(value) != Metaspace.Prefix.Never);
                steps.Add(() => new MetaspaceDecoder(sign, drops));
                break;
            case "Replace":
                var replace = new EachToken(NormalizerReader.Replace(value));
                steps.Add(() => replace);
                break;
            case "Strip":
                steps.Add(Strip(value, fused));
                break;
            default:
                throw type.Unsupported(Supported);
        }
    }

    private static Func<DecoderStep> Strip(JsonValue value, bool fused)
    {
        var content = value["content"].Text() is [var only] && !char.IsSurrogate(only)
            ? only
            : throw value["content"].Invalid("one character up to U+FFFF");
        var start = value["start"].Count(MostStripped);
        var stop = value["stop"].Count(MostStripped);
        if (fused)
            return () => new StripDecoder(content, start, stop);
        var each = new EachToken(text => StripDecoder.Strip(text, content, start, stop));
        return () => each;
    }
}
