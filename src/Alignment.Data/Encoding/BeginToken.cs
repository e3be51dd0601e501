namespace Alignment.Data;

/// <summary>The token that begins a sequence, where one is asked for.</summary>
internal static class BeginToken
{
    /// <exception cref="ArgumentException">The tokenizer names none.</exception>
    public static int Of(ITokenizer tokenizer) => tokenizer.BeginId ?? throw new ArgumentException(
        "AddBegin needs a tokenizer that names a begin token (bos_token in tokenizer_config.json).", nameof(tokenizer));

    /// <summary>Refuses a row that begins with two: a template or a text wrote one, and something else another.</summary>
    /// <exception cref="DataFormatException">It does; the message names the row.</exception>
    public static void RequireOne(ReadOnlySpan<int> ids, ITokenizer tokenizer, RowNotes notes)
    {
        if (tokenizer.BeginId is { } begin && ids.StartsWith([begin, begin]))
            throw notes.Error($"A row must not begin with two begin tokens; this one begins with '{tokenizer.Decode(ids[..2].ToArray())}'. "
                + "A chat template writes its own, as a text may; then AddBegin must be false.");
    }
}
