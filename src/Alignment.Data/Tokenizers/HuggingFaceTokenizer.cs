using System.Text;

namespace Alignment.Data;

/// <summary>
/// A tokenizer read from Hugging Face's tokenizer.json, or from SentencePiece's tokenizer.model where a folder has no JSON:
/// byte pair encoding, as of GPT-2, Llama 2 and 3, Mistral, Qwen, Gemma, DeepSeek and gpt-oss.
/// </summary>
/// <remarks>
/// Ids are those of the tokenizers library without its post-processor (of SentencePiece for a tokenizer.model, where each text
/// between special tokens begins anew). Text is read as well-formed Unicode: a lone surrogate counts as U+FFFD. Added tokens that
/// are not special, such as Qwen's &lt;think&gt;, are ordinary vocabulary and are found in any text. Merging is done by
/// Microsoft.ML.Tokenizers where the vocabulary is over bytes ("ByteLevel"); over characters, with byte fallback or U+2581 for
/// spaces, it is not exact, and a model of our own does it. Other models (Unigram, WordPiece) and settings are refused with an
/// error that names them; truncation and padding of the file are left to whoever makes batches.
/// </remarks>
public sealed class HuggingFaceTokenizer : ITokenizer
{
    private const string JsonName = "tokenizer.json";
    private const string ModelName = "tokenizer.model";

    private readonly TokenizerParts _parts;
    private readonly AddedTokens _allTokens;
    private readonly AddedTokens _ordinaryTokens;
    private readonly Dictionary<string, int> _addedIds;

    private HuggingFaceTokenizer(TokenizerParts parts, TokenizerConfig config)
    {
        _parts = parts;
        _allTokens = new AddedTokens(parts.AddedTokens, parts.Normalize);
        _ordinaryTokens = new AddedTokens(parts.AddedTokens.Where(token => !token.IsSpecial), parts.Normalize);
        _addedIds = parts.AddedTokens.ToDictionary(token => token.Content, token => token.Id);
        VocabularySize = parts.Vocabulary.Values.Concat(_addedIds.Values).Max() + 1;

        config = config.Or(parts.Config);
        BeginId = Named("bos_token", config.Begin);
        EndId = Named("eos_token", config.End);
        PadId = Named("pad_token", config.Pad);
        BeforeText = Around("add_bos_token", config.AddsBegin, BeginId, parts.Before);
        AfterText = Around("add_eos_token", config.AddsEnd, EndId, parts.After);
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int? BeginId { get; }

    /// <inheritdoc/>
    public int? EndId { get; }

    /// <inheritdoc/>
    public int? PadId { get; }

    /// <inheritdoc/>
    /// <remarks>The template of post_processor, unless add_bos_token in tokenizer_config.json says otherwise.</remarks>
    public IReadOnlyList<int> BeforeText { get; }

    /// <inheritdoc/>
    /// <remarks>The template of post_processor, unless add_eos_token in tokenizer_config.json says otherwise.</remarks>
    public IReadOnlyList<int> AfterText { get; }

    /// <summary>
    /// Reads tokenizer.json or else tokenizer.model from a model's folder, and which tokens begin, end and pad from
    /// tokenizer_config.json or, for what that leaves open, from special_tokens_map.json, then from the model.
    /// </summary>
    /// <param name="folder">The folder of a downloaded or saved model.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="FileNotFoundException">The folder has neither.</exception>
    /// <exception cref="TokenizerFormatException">A file is malformed, or asks for what is not supported.</exception>
    public static HuggingFaceTokenizer FromPretrained(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var json = Path.Combine(folder, JsonName);
        var model = Path.Combine(folder, ModelName);
        var path = !File.Exists(json) && File.Exists(model) ? model : json;
        return Read(path, TokenizerConfig.Read(folder));
    }

    /// <summary>Reads one file alone; a tokenizer.json then names no tokens for beginning, end and padding.</summary>
    /// <param name="path">The file: SentencePiece's where its name ends in ".model", else JSON.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TokenizerFormatException">The file is malformed, or asks for what is not supported.</exception>
    public static HuggingFaceTokenizer FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(path, TokenizerConfig.None);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The text holds a byte for which the vocabulary has no token.</exception>
    /// <exception cref="TokenizerFormatException">The file's expression takes too long on this text.</exception>
    public IReadOnlyList<int> Encode(string text) => Encode(text, _ordinaryTokens);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The text holds a byte for which the vocabulary has no token.</exception>
    /// <exception cref="TokenizerFormatException">The file's expression takes too long on this text.</exception>
    public IReadOnlyList<int> EncodeWithSpecialTokens(string text) => Encode(text, _allTokens);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative.</exception>
    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _parts.Decoder.Decode(ids, skipSpecialTokens);
    }

    /// <inheritdoc/>
    /// <remarks>Its cost for an id does not grow with the text. It throws for a negative id as Decode does.</remarks>
    public IncrementalDecoder StartDecoding(bool skipSpecialTokens = false) => _parts.Decoder.Start(skipSpecialTokens);

    /// <summary>What special tokens spell: the texts that only <see cref="EncodeWithSpecialTokens(string)"/> reads as tokens.</summary>
    internal IEnumerable<string> SpecialTexts => _parts.AddedTokens.Where(token => token.IsSpecial).Select(token => token.Content);

    /// <summary>Encodes trusted text with untrusted parts, in which each special token was broken by a mark: it stays plain text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="mark">A character that stands nowhere else in it; it is taken out.</param>
    internal IReadOnlyList<int> EncodeMarked(string text, char mark) => Encode(text, _allTokens, mark);

    /// <inheritdoc/>
    public int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _addedIds.TryGetValue(token, out var id) ? id : _parts.IdOf(token);
    }

    private List<int> Encode(string text, AddedTokens tokens, char? mark = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>(text.Length / 3);
        foreach (var (part, token, isFirst) in tokens.Split(WellFormed(text)))
        {
            if (token is not null)
            {
                ids.Add(token.Id);
                continue;
            }

            var plain = mark is char taken ? part.Replace(taken.ToString(), "", StringComparison.Ordinal) : part;
            foreach (var piece in _parts.PreTokenizers.Cut(plain, isFirst))
                _parts.Model.Encode(piece.Span, ids);
        }

        return ids;
    }

    private static string WellFormed(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return text;
        var wellFormed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())   // yields U+FFFD for a lone surrogate
            wellFormed.Append(rune);
        return wellFormed.ToString();
    }

    private static HuggingFaceTokenizer Read(string path, TokenizerConfig config) => File.Exists(path)
        ? new HuggingFaceTokenizer(TokenizerParts.Read(path, config), config)
        : throw new FileNotFoundException(
            $"There is no file '{path}', nor a {ModelName} in its place. "
            + "A model saved without them can be converted: load its tokenizer with transformers and save it again.",
            path);

    private int? Named(string key, string? content)
    {
        if (content is null)
            return null;
        if (_addedIds.TryGetValue(content, out var id) || _parts.Vocabulary.TryGetValue(content, out id))
            return id;
        throw new TokenizerFormatException($"{_parts.Path}: holds no token \"{content}\", which the files beside it name as {key}.");
    }

    private IReadOnlyList<int> Around(string key, bool? adds, int? id, IReadOnlyList<int> template) => adds switch
    {
        null => template,
        false => [],
        true => id is int known ? [known] : throw new TokenizerFormatException($"{_parts.Path}: {key} in the files beside it needs a token that they name."),
    };
}
