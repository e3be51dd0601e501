using System.Diagnostics.CodeAnalysis;

namespace Alignment.Data;

/// <summary>Turns records into token ids. What is left out, cut or changed on the way is counted, so that nothing happens in silence.</summary>
/// <remarks>
/// A prompt's ids are those that a policy will read before it answers; a response's are what prompt and response together have after them
/// (<see cref="EncodingCounts.SplitBorders"/> where a token would span the border). Responses of plain text end with the one end token, those of
/// chat messages as their template ends a turn. Masks come from lengths and places, never from the value of an id, so that the end token is
/// learnt even where it pads too. Safe to use from several threads.
/// </remarks>
public sealed partial class RecordEncoder
{
    private readonly EncodingOptions _options;
    private readonly RowEncoder _rows;
    private readonly EncodingTally _tally = new();

    /// <summary>Sets up an encoder.</summary>
    /// <param name="tokenizer">The tokenizer of the model; it must name an end token.</param>
    /// <param name="options">Template, format and limits; the defaults where null.</param>
    /// <exception cref="ArgumentException">The tokenizer lacks a token that the options need, or options contradict one another.</exception>
    public RecordEncoder(ITokenizer tokenizer, EncodingOptions? options = null)
    {
        _options = options ?? new EncodingOptions();
        _rows = new RowEncoder(tokenizer, _options);
    }

    /// <summary>What was seen and done so far, over all methods but <see cref="EncodePrompt"/>.</summary>
    public EncodingCounts Counts => _tally.Counts;

    /// <summary>Encodes a prompt that a model is to go on with.</summary>
    /// <param name="prompt">Plain text or chat messages.</param>
    /// <exception cref="DataFormatException">The prompt is empty, too long or refused.</exception>
    public IReadOnlyList<int> EncodePrompt(Transcript prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        var notes = new RowNotes(new PromptOnly(prompt), null);
        return Encode(_rows.Prompt, new PromptOnly(prompt), notes)?.Ids ?? throw notes.Dropped();
    }

    /// <summary>Encodes a preference pair.</summary>
    /// <param name="pair">Plain text or chat messages.</param>
    /// <exception cref="DataFormatException">The pair cannot be used, for a <see cref="DropCause"/> or an error that concerns every row.</exception>
    public TokenizedPair Encode(PreferencePair pair) => Required(_rows.Pair, pair);

    /// <summary>Encodes a judged response.</summary>
    /// <param name="response">Plain text or chat messages.</param>
    /// <exception cref="DataFormatException">The row cannot be used, for a <see cref="DropCause"/> or an error that concerns every row.</exception>
    public TokenizedResponse Encode(UnpairedResponse response) => Required(_rows.Judged, response);

    /// <summary>Encodes a demonstration; <see cref="EncodingOptions.TrainOn"/> says what of it is learnt.</summary>
    /// <param name="demonstration">Plain text or chat messages.</param>
    /// <exception cref="DataFormatException">The row cannot be used, for a <see cref="DropCause"/> or an error that concerns every row.</exception>
    public TokenizedExample Encode(Demonstration demonstration) => Required(_rows.Example, demonstration);

    /// <summary>Encodes a prompt without response.</summary>
    /// <param name="prompt">Plain text or chat messages.</param>
    /// <exception cref="DataFormatException">The row cannot be used, for a <see cref="DropCause"/> or an error that concerns every row.</exception>
    public TokenizedPrompt Encode(PromptOnly prompt) => Required(_rows.Prompt, prompt);

    /// <summary>Encodes a preference pair, or leaves it out and counts why.</summary>
    /// <param name="pair">Plain text or chat messages.</param>
    /// <param name="row">The row; null where it was left out.</param>
    /// <returns>Whether there is a row.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row: two begin tokens, no template, a template that fails.</exception>
    public bool TryEncode(PreferencePair pair, [NotNullWhen(true)] out TokenizedPair? row) => (row = Counted(_rows.Pair, pair, null)) is not null;

    /// <summary>Encodes a judged response, or leaves it out and counts why.</summary>
    /// <param name="response">Plain text or chat messages.</param>
    /// <param name="row">The row; null where it was left out.</param>
    /// <returns>Whether there is a row.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row: two begin tokens, no template, a template that fails.</exception>
    public bool TryEncode(UnpairedResponse response, [NotNullWhen(true)] out TokenizedResponse? row) =>
        (row = Counted(_rows.Judged, response, null)) is not null;

    /// <summary>Encodes a demonstration, or leaves it out and counts why.</summary>
    /// <param name="demonstration">Plain text or chat messages.</param>
    /// <param name="row">The row; null where it was left out.</param>
    /// <returns>Whether there is a row.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row: two begin tokens, no template, a template that fails.</exception>
    public bool TryEncode(Demonstration demonstration, [NotNullWhen(true)] out TokenizedExample? row) =>
        (row = Counted(_rows.Example, demonstration, null)) is not null;

    /// <summary>Encodes a prompt without response, or leaves it out and counts why.</summary>
    /// <param name="prompt">Plain text or chat messages.</param>
    /// <param name="row">The row; null where it was left out.</param>
    /// <returns>Whether there is a row.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row: two begin tokens, no template, a template that fails.</exception>
    public bool TryEncode(PromptOnly prompt, [NotNullWhen(true)] out TokenizedPrompt? row) => (row = Counted(_rows.Prompt, prompt, null)) is not null;

    private TRow Required<TRecord, TRow>(Func<TRecord, RowNotes, TRow?> encode, TRecord record)
        where TRecord : class, IPromptRecord where TRow : class
    {
        ArgumentNullException.ThrowIfNull(record);
        var notes = new RowNotes(record, null);
        var row = Encode(encode, record, notes);
        _tally.Add(notes);
        return row ?? throw notes.Dropped();
    }

    private TRow? Counted<TRecord, TRow>(Func<TRecord, RowNotes, TRow?> encode, TRecord record, long? index)
        where TRecord : class, IPromptRecord where TRow : class
    {
        ArgumentNullException.ThrowIfNull(record);
        var notes = new RowNotes(record, index);
        var row = Encode(encode, record, notes);
        _tally.Add(notes);
        return row;
    }

    private static TRow? Encode<TRecord, TRow>(Func<TRecord, RowNotes, TRow?> encode, TRecord record, RowNotes notes) where TRow : class
    {
        try
        {
            return encode(record, notes);
        }
        catch (ArgumentException error) when (error.ParamName is null)   // of the tokenizer: its vocabulary lacks a byte or character of the text
        {
            notes.Drop(DropCause.NotInVocabulary, error.Message, error);
            return null;
        }
        catch (TokenizerFormatException error)   // an expression that takes too long on this text
        {
            throw notes.Error(error.Message, error);
        }
    }
}
