namespace Alignment.Data;

/// <summary>Reads what pre-tokenizers and decoders of type Metaspace share.</summary>
internal static class MetaspaceReader
{
    public static Metaspace PreTokenizer(JsonValue value) => new(Sign(value), Prefix(value), value["split"].Flag(otherwise: true));

    public static char Sign(JsonValue value)
    {
        var sign = value["replacement"];
        return sign.Text() is [var only] && !char.IsSurrogate(only) ? only : throw sign.Invalid("one character up to U+FFFF");
    }

    public static Metaspace.Prefix Prefix(JsonValue value)
    {
        var scheme = value["prepend_scheme"];
        var adds = value["add_prefix_space"].Flag(otherwise: true);   // the older key
        var prefix = scheme.IsNull ? (adds ? Metaspace.Prefix.Always : Metaspace.Prefix.Never) : scheme.Text() switch
        {
            "always" => Metaspace.Prefix.Always,
            "first" => Metaspace.Prefix.First,
            "never" => Metaspace.Prefix.Never,
            _ => throw scheme.Unsupported("\"always\", \"first\", \"never\""),
        };
        return adds || prefix == Metaspace.Prefix.Never ? prefix : throw scheme.Unsupported("\"never\" where add_prefix_space is false");
    }
}
