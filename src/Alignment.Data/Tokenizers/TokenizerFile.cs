namespace Alignment.Data;

/// <summary>Reads a tokenizer.json: every setting is understood, or refused by name.</summary>
internal static class TokenizerFile
{
    public static TokenizerParts Read(string path) => JsonFile.Read(path, Read);

    private static TokenizerParts Read(JsonValue root)
    {
        var bpe = BpeFile.Read(root["model"]);
        var addedTokens = AddedToken.ReadAll(root["added_tokens"], bpe.Vocabulary);
        var preTokenizers = PreTokenizerReader.Read(root["pre_tokenizer"]);
        if (preTokenizers.AsBytes && bpe.FallsBackToBytes)
            throw root["model"]["byte_fallback"].Unsupported("false with a pre_tokenizer \"ByteLevel\"");

        var (before, after) = PostProcessorReader.Read(root["post_processor"]);
        return new TokenizerParts
        {
            Path = root.File,
            Vocabulary = bpe.Vocabulary,
            AddedTokens = addedTokens,
            Normalize = NormalizerReader.Read(root["normalizer"]),
            PreTokenizers = preTokenizers.AsBytes ? preTokenizers : preTokenizers.Then(bpe.Borders()),
            Model = new PieceCache(preTokenizers.AsBytes ? new ByteLevelBpe(bpe, addedTokens) : new CharacterBpe(bpe, addedTokens)),
            Decoder = DecoderReader.Read(root["decoder"], bpe.Vocabulary, addedTokens, preTokenizers.AsBytes),
            Before = before,
            After = after,
        };
    }
}
