namespace Alignment.Data;

/// <summary>What becomes of a row that has more tokens than <see cref="EncodingOptions.MaxLength"/>. Whatever it is, it is counted.</summary>
public enum OverLength
{
    /// <summary>The row is left out, and counted by what is too long.</summary>
    Drop,

    /// <summary>The row is an error that names it.</summary>
    Fail,

    /// <summary>
    /// The sequence is cut at its end, and with it goes the end token, so that the row does not teach to end (TRL's <c>keep_start</c>).
    /// A row whose prompt alone reaches the limit is left out.
    /// </summary>
    CutResponseEnd,

    /// <summary>
    /// The prompt is cut at its start; a begin token stays. Responses stay whole: where one leaves no room for a token of the prompt, the row is
    /// left out.
    /// </summary>
    CutPromptStart,
}
