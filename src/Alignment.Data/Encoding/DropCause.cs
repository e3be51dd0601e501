namespace Alignment.Data;

/// <summary>Why a row was left out. A row with several causes counts for the first that was found.</summary>
public enum DropCause
{
    /// <summary>The prompt leaves no room for a response within <see cref="EncodingOptions.MaxLength"/>.</summary>
    PromptTooLong,

    /// <summary>Prompt and response, of a record with one response, are longer than <see cref="EncodingOptions.MaxLength"/>.</summary>
    ResponseTooLong,

    /// <summary>Prompt and chosen response are longer than <see cref="EncodingOptions.MaxLength"/>.</summary>
    ChosenTooLong,

    /// <summary>Prompt and rejected response are longer than <see cref="EncodingOptions.MaxLength"/>.</summary>
    RejectedTooLong,

    /// <summary>The prompt has no token, not even of a format or a beginning: nothing would predict the first token of a response.</summary>
    EmptyPrompt,

    /// <summary>A response holds nothing but white space.</summary>
    EmptyResponse,

    /// <summary>Chosen and rejected response came to the same tokens, perhaps by a cut: the pair states no preference.</summary>
    IdenticalResponses,

    /// <summary>Chat messages stand beside plain text, or a response does not begin and end with a message of the assistant.</summary>
    Malformed,

    /// <summary>The chat template refused the conversation by <c>raise_exception</c>, for example because its roles do not alternate.</summary>
    RefusedByTemplate,

    /// <summary>
    /// The chat template writes the prompt alone, as a policy will read it, otherwise than before the response. Where a response begins is then
    /// not known, and what is trained would not be what is served.
    /// </summary>
    RewrittenByTemplate,

    /// <summary>The text spells special tokens, and the tokenizer is not one that could keep them text within a chat template or a format.</summary>
    SpellsSpecialTokens,

    /// <summary>The vocabulary lacks a token for some of the text.</summary>
    NotInVocabulary,

    /// <summary>No token of the row would be learnt.</summary>
    NothingTrained,
}
