namespace Alignment.Data;

/// <summary>Reads a tokenizer.model, which a folder has where it lacks a tokenizer.json.</summary>
/// <remarks>
/// The file has no template around a text. Those who use such files (LlamaTokenizer, GemmaTokenizer of transformers) put the begin token before
/// it, unless add_bos_token says otherwise, and nothing after it.
/// </remarks>
internal static class SentencePieceTokenizerFile
{
    /// <summary>Reads it. The configuration beside it may add tokens.</summary>
    public static TokenizerParts Read(string path, TokenizerConfig config)
    {
        var file = SentencePieceFile.Read(path);
        var vocabulary = new Dictionary<string, int>();
        for (var id = 0; id < file.Pieces.Count; id++)
            vocabulary.Add(file.Pieces[id].Text, id);
        var addedTokens = AddedTokens(path, file, config, vocabulary);
        return new TokenizerParts
        {
            Path = path,
            Vocabulary = vocabulary,
            AddedTokens = addedTokens,
            Normalize = text => SentencePieceNormalizer.Normalize(text, file.AddsSpace, file.DropsExtraSpaces),
            PreTokenizers = new PreTokenizers([], asBytes: false).Then(Borders(file)),
            Model = new PieceCache(new SentencePieceBpe(file)),
            Decoder = new TokenTexts(vocabulary, addedTokens, () => DecoderSteps(file)),
            Before = (config.Begin ?? Named(file, file.Named.Begin)) is { } begin && vocabulary.TryGetValue(begin, out var beginId) ? [beginId] : [],
            Config = new TokenizerConfig(Named(file, file.Named.Begin), Named(file, file.Named.End), Named(file, file.Named.Pad)),
        };
    }

    // Unknowns may fuse across a border.
    private static BorderSplit? Borders(SentencePieceFile file)
    {
        var neverUnknown = file.FallsBackToBytes && file.Pieces.Count(piece => piece.Kind == SentencePieceKind.Byte) == 256;
        return !neverUnknown ? null : new BorderSplit(file.Pieces
            .Where(piece => piece.Kind is SentencePieceKind.Normal or SentencePieceKind.UserDefined).Select(piece => piece.Text));
    }

    // As in a tokenizer.json that was made from such a file.
    private static List<DecoderStep> DecoderSteps(SentencePieceFile file)
    {
        List<DecoderStep> steps = [new EachToken(text => text.Replace(SentencePieceNormalizer.Sign, ' ')), new ByteFallbackDecoder()];
        if (file.DropsExtraSpaces)
            steps.Add(new StripDecoder(' ', start: int.MaxValue, stop: 0));
        else if (file.AddsSpace)
            steps.Add(new StripDecoder(' ', start: 1, stop: 0));
        return steps;
    }

    // Control pieces are special tokens; what the configuration names besides goes before.
    private static List<AddedToken> AddedTokens(string path, SentencePieceFile file, TokenizerConfig config, Dictionary<string, int> vocabulary)
    {
        var added = new Dictionary<string, AddedToken>();
        foreach (var token in config.AddedTokens)
        {
            var piece = token.Id < file.Pieces.Count ? file.Pieces[token.Id].Text : token.Content;
            if (piece != token.Content || vocabulary.GetValueOrDefault(token.Content, token.Id) != token.Id || !added.TryAdd(token.Content, token))
                throw new TokenizerFormatException($"{path}: has other ids than added_tokens_decoder of tokenizer_config.json for '{token.Content}' or {token.Id}.");
        }

        for (var id = 0; id < file.Pieces.Count; id++)
        {
            var (text, _, kind) = file.Pieces[id];
            if (kind is SentencePieceKind.Control or SentencePieceKind.Unknown)
                added.TryAdd(text, new AddedToken(id, text, IsSpecial: true, false, false, false, InNormalizedText: false));
        }

        return [.. added.Values];
    }

    private static string? Named(SentencePieceFile file, int id)
        => id >= 0 && id < file.Pieces.Count && file.Pieces[id].Kind == SentencePieceKind.Control ? file.Pieces[id].Text : null;
}
