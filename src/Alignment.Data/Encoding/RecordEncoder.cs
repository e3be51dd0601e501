namespace Alignment.Data;

/// <summary>Turns records into token ids. Counts what had to be done on the way, so that nothing is cut or changed in silence.</summary>
/// <remarks>
/// A response is encoded together with its prompt where no special token stands between them, since a token may span the border; where the
/// prompt's own ids are then not the beginning of the whole, both parts are encoded apart and <see cref="SplitBorders"/> counts it.
/// Every response ends with the end token. Not safe to use from several threads.
/// </remarks>
public sealed class RecordEncoder
{
    private readonly ITokenizer _tokenizer;
    private readonly EncodingOptions _options;
    private readonly int _endId;
    private readonly int[] _before;
    private readonly int[] _after;

    /// <summary>Sets up an encoder.</summary>
    /// <param name="tokenizer">The tokenizer of the model; it must name an end token.</param>
    /// <param name="options">Format and limits; the defaults where null.</param>
    /// <exception cref="ArgumentException">The tokenizer lacks a token that the options need.</exception>
    public RecordEncoder(ITokenizer tokenizer, EncodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        _tokenizer = tokenizer;
        _options = options ?? new EncodingOptions();
        _endId = tokenizer.EndId ?? throw new ArgumentException(
            "The tokenizer must name an end token (eos_token in tokenizer_config.json), or no response would ever learn to end.", nameof(tokenizer));
        int[] begin = !_options.AddBegin ? [] : tokenizer.BeginId is int id ? [id] : throw new ArgumentException(
            "AddBegin needs a tokenizer that names a begin token (bos_token in tokenizer_config.json).", nameof(tokenizer));
        _before = [.. begin, .. tokenizer.EncodeWithSpecialTokens(_options.Format.Before)];
        _after = [.. tokenizer.EncodeWithSpecialTokens(_options.Format.After)];
    }

    /// <summary>How many responses were encoded apart from their prompt because a token would have spanned the border.</summary>
    public int SplitBorders { get; private set; }

    /// <summary>How many responses were cut at <see cref="EncodingOptions.MaxLength"/>.</summary>
    public int CutResponses { get; private set; }

    /// <summary>Encodes a prompt that a model is to go on with.</summary>
    /// <param name="prompt">Plain text.</param>
    public IReadOnlyList<int> EncodePrompt(Transcript prompt) => [.. _before, .. _tokenizer.Encode(Text(prompt)), .. _after];

    /// <summary>Encodes a preference pair.</summary>
    /// <param name="pair">Plain text.</param>
    /// <exception cref="DataFormatException">The prompt is empty, or leaves no room for a response.</exception>
    public TokenizedPair Encode(PreferencePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        var prompt = RequirePrompt(pair.Prompt);
        return new TokenizedPair(prompt, Response(pair.Prompt, pair.Chosen, prompt), Response(pair.Prompt, pair.Rejected, prompt));
    }

    /// <summary>Encodes a demonstration.</summary>
    /// <param name="demonstration">Plain text.</param>
    /// <exception cref="DataFormatException">The prompt is empty, or leaves no room for a response.</exception>
    public TokenizedExample Encode(Demonstration demonstration)
    {
        ArgumentNullException.ThrowIfNull(demonstration);
        var prompt = RequirePrompt(demonstration.Prompt);
        return new TokenizedExample(prompt, Response(demonstration.Prompt, demonstration.Response, prompt));
    }

    private IReadOnlyList<int> RequirePrompt(Transcript prompt)
    {
        var ids = EncodePrompt(prompt);
        if (ids.Count == 0) throw new DataFormatException("A prompt must have at least one token; without a format and a begin token it can't be empty.");
        if (ids.Count >= _options.MaxLength) throw new DataFormatException($"A prompt must leave room for its response within MaxLength = {_options.MaxLength}; it has {ids.Count} tokens.");
        return ids;
    }

    private List<int> Response(Transcript prompt, Transcript response, IReadOnlyList<int> promptIds)
    {
        List<int> ids = [.. ResponseText(prompt, response, promptIds), _endId];
        var room = (_options.MaxLength ?? int.MaxValue) - promptIds.Count;
        if (ids.Count > room)
        {
            CutResponses++;
            ids.RemoveRange(room, ids.Count - room);
        }
        return ids;
    }

    private IEnumerable<int> ResponseText(Transcript prompt, Transcript response, IReadOnlyList<int> promptIds)
    {
        if (_after.Length > 0) return _tokenizer.Encode(Text(response));
        var whole = _tokenizer.Encode(Text(prompt) + Text(response));
        var own = promptIds.Skip(_before.Length);
        if (whole.Take(promptIds.Count - _before.Length).SequenceEqual(own)) return whole.Skip(promptIds.Count - _before.Length);
        SplitBorders++;
        return _tokenizer.Encode(Text(response));
    }

    private static string Text(Transcript transcript) => transcript.Text
        ?? throw new DataFormatException("Chat messages need a chat template, which this encoder does not render; give plain text.");
}
