namespace Alignment.Data;

/// <summary>Why a row can't become a record.</summary>
public enum RowProblem
{
    /// <summary>A value that a record needs is null or not there.</summary>
    Missing,

    /// <summary>A value is of another kind than its column.</summary>
    WrongKind,

    /// <summary>A field is longer than <see cref="ReadOptions.MaxFieldCharacters"/>, or a line longer than <see cref="ReadOptions.MaxLineBytes"/>.</summary>
    TooLong,

    /// <summary>A number is not finite, a weight is below 0, or a label is neither 0 nor 1.</summary>
    OutOfRange,

    /// <summary>A conversation has no messages, or one without content, of an unknown role or with tool calls.</summary>
    BadMessages,

    /// <summary>A turn stands where it can't: a response that does not begin and end with the assistant, or a prompt that the assistant ends.</summary>
    UnexpectedTurn,

    /// <summary>Two conversations or transcripts without a common beginning, or one that does not begin with the row's prompt.</summary>
    NoCommonPrompt,

    /// <summary>A row of another shape than the first: a transcript among plain texts, or the reverse.</summary>
    OtherShape,

    /// <summary>A line that is not one JSON object with distinct keys in UTF-8.</summary>
    InvalidJson,
}
