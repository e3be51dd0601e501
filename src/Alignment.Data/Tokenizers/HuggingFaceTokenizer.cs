using System.Text;

namespace Alignment.Data;

/// <summary>A tokenizer read from Hugging Face's tokenizer.json: byte-level BPE, as of GPT-2, Llama 3, Qwen and gpt-oss.</summary>
/// <remarks>
/// Ids are those of the tokenizers library without its post-processor. Text is read as well-formed Unicode: a lone surrogate
/// counts as U+FFFD. Added tokens that are not special, such as Qwen's &lt;think&gt;, are ordinary vocabulary and are found in
/// any text. Other models (Unigram, WordPiece, byte fallback) and settings are refused with an error that names them.
/// </remarks>
public sealed class HuggingFaceTokenizer : ITokenizer
{
    private const string FileName = "tokenizer.json";

    private readonly ByteLevelBpe _bpe;
    private readonly TokenBytes _bytes;
    private readonly AddedTokens _allTokens;
    private readonly AddedTokens _ordinaryTokens;
    private readonly Dictionary<string, int> _addedIds;

    private HuggingFaceTokenizer(TokenizerFile file, TokenizerConfig config)
    {
        Func<string, string> normalize = file.Composes ? CanonicalComposition.Compose : static text => text;
        _bpe = new ByteLevelBpe(file);
        _bytes = new TokenBytes(file);
        _allTokens = new AddedTokens(file.AddedTokens, normalize);
        _ordinaryTokens = new AddedTokens(file.AddedTokens.Where(token => !token.IsSpecial), normalize);
        _addedIds = file.AddedTokens.ToDictionary(token => token.Content, token => token.Id);

        BeginId = Named(file, "bos_token", config.Begin);
        EndId = Named(file, "eos_token", config.End);
        PadId = Named(file, "pad_token", config.Pad);
    }

    /// <inheritdoc/>
    public int VocabularySize => _bytes.Count;

    /// <inheritdoc/>
    public int? BeginId { get; }

    /// <inheritdoc/>
    public int? EndId { get; }

    /// <inheritdoc/>
    public int? PadId { get; }

    /// <summary>
    /// Reads tokenizer.json from a model's folder, and which tokens begin, end and pad from tokenizer_config.json or, for what
    /// that leaves open, from special_tokens_map.json.
    /// </summary>
    /// <param name="folder">The folder of a downloaded or saved model.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="FileNotFoundException">The folder has no tokenizer.json.</exception>
    /// <exception cref="TokenizerFormatException">A file is malformed, or asks for what is not supported.</exception>
    public static HuggingFaceTokenizer FromPretrained(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var file = Read(Path.Combine(folder, FileName));
        return new HuggingFaceTokenizer(file, TokenizerConfig.Read(folder));
    }

    /// <summary>Reads one tokenizer.json alone, which names no tokens for beginning, end and padding.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="TokenizerFormatException">The file is malformed, or asks for what is not supported.</exception>
    public static HuggingFaceTokenizer FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new HuggingFaceTokenizer(Read(path), TokenizerConfig.None);
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
        return _bytes.Decode(ids, skipSpecialTokens);
    }

    /// <inheritdoc/>
    public int? IdOf(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return _addedIds.TryGetValue(token, out var id) ? id : _bpe.IdOf(token);
    }

    private List<int> Encode(string text, AddedTokens tokens)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>();
        foreach (var (part, token) in tokens.Split(WellFormed(text)))
        {
            if (token is not null)
                ids.Add(token.Id);
            else
                _bpe.Encode(part, ids);
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

    private static TokenizerFile Read(string path) => File.Exists(path)
        ? TokenizerFile.Read(path)
        : throw new FileNotFoundException(
            $"There is no file '{path}'. "
            + "A model saved without it can be converted: load its tokenizer with transformers and save it again.",
            path);

    private int? Named(TokenizerFile file, string key, string? content)
    {
        if (content is null)
            return null;
        if (_addedIds.TryGetValue(content, out var id) || file.Vocabulary.TryGetValue(content, out id))
            return id;
        throw new TokenizerFormatException($"{file.Path}: holds no token \"{content}\", which the files beside it name as {key}.");
    }
}
