namespace Alignment;

/// <summary>Text to token ids and back.</summary>
/// <remarks>
/// Implementations are immutable and safe to use from several threads. Neither way of encoding adds a token that the text
/// does not hold: whoever wants a beginning or an end writes <see cref="BeginId"/> and <see cref="EndId"/> itself.
/// </remarks>
public interface ITokenizer
{
    /// <summary>The number of ids: the largest id plus one, added tokens included.</summary>
    /// <remarks>A model's embedding may have more rows, never fewer.</remarks>
    int VocabularySize { get; }

    /// <summary>The token that begins a sequence, or null where the tokenizer names none.</summary>
    int? BeginId { get; }

    /// <summary>The token that ends a sequence, or null where the tokenizer names none.</summary>
    int? EndId { get; }

    /// <summary>The token that fills a batch, or null where the tokenizer names none.</summary>
    int? PadId { get; }

    /// <summary>
    /// What the tokenizer's own template puts before a text, and none of the ways of encoding does: as a rule <see cref="BeginId"/>,
    /// or nothing.
    /// </summary>
    IReadOnlyList<int> BeforeText => [];

    /// <summary>What the tokenizer's own template puts after a text, and none of the ways of encoding does: as a rule nothing.</summary>
    IReadOnlyList<int> AfterText => [];

    /// <summary>Encodes text that is not trusted, as prompts and responses are: a special token spelled in it stays plain text.</summary>
    /// <param name="text">Any text, empty too.</param>
    /// <returns>The ids.</returns>
    IReadOnlyList<int> Encode(string text);

    /// <summary>Encodes trusted text, such as a rendered chat template: a special token spelled in it becomes that token.</summary>
    /// <param name="text">Any text, empty too.</param>
    /// <returns>The ids.</returns>
    IReadOnlyList<int> EncodeWithSpecialTokens(string text);

    /// <summary>The text of some ids, decoded together: a character may be spread over several tokens.</summary>
    /// <param name="ids">Ids from 0. One that names no token, as the spare rows of an embedding do, adds nothing.</param>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <returns>The text; bytes that form no character are read as U+FFFD.</returns>
    string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false);

    /// <summary>Starts to decode ids one by one, as they are generated.</summary>
    /// <param name="skipSpecialTokens">Whether special tokens are left out.</param>
    /// <returns>A decoder whose texts, put together, are those of <see cref="Decode"/>.</returns>
    /// <remarks>
    /// The default decodes all ids again each time and holds back U+FFFD at the end. It asks of <see cref="Decode"/> that more ids
    /// change nothing before that.
    /// </remarks>
    IncrementalDecoder StartDecoding(bool skipSpecialTokens = false) => new RepeatedDecoder(this, skipSpecialTokens);

    /// <summary>The id of one token, special ones included.</summary>
    /// <param name="token">The exact text of the token, for example <c>"&lt;|im_end|&gt;"</c>, <c>" yes"</c> or a line feed.</param>
    /// <returns>The id, or null where no single token has that text.</returns>
    int? IdOf(string token);
}
