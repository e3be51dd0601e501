namespace Alignment.Training;

/// <summary>What tells one list of tokenized rows from another: token ids, labels, margins, weights and masks, in their order.</summary>
/// <remarks>Names and sources of rows are not in it: they change what is shown and not what is learnt.</remarks>
/// <param name="Rows">Number of rows.</param>
/// <param name="Tokens">Number of token ids of all rows together.</param>
/// <param name="Sha256">SHA-256 of the rows, 64 hexadecimal digits.</param>
public sealed record DataFingerprint(int Rows, long Tokens, string Sha256)
{
    /// <summary>Of preference pairs.</summary>
    /// <param name="rows">The rows, read once.</param>
    public static DataFingerprint Of(IEnumerable<TokenizedPair> rows) => Of("pair", rows, static (hasher, row) =>
    {
        hasher.Add(row.Prompt);
        hasher.Add(row.Chosen);
        hasher.Add(row.Rejected);
        hasher.Add(row.Margin);
        hasher.Add(row.Weight);
    });

    /// <summary>Of demonstrations.</summary>
    /// <param name="rows">The rows, read once.</param>
    public static DataFingerprint Of(IEnumerable<TokenizedExample> rows) => Of("example", rows, static (hasher, row) =>
    {
        hasher.Add(row.Prompt);
        hasher.Add(row.Response);
        hasher.Add(row.Mask);
        hasher.Add(row.Weight);
    });

    /// <summary>Of judged responses.</summary>
    /// <param name="rows">The rows, read once.</param>
    public static DataFingerprint Of(IEnumerable<TokenizedResponse> rows) => Of("response", rows, static (hasher, row) =>
    {
        hasher.Add(row.Prompt);
        hasher.Add(row.Response);
        hasher.Add(row.IsDesirable);
        hasher.Add(row.Weight);
    });

    /// <summary>Of prompts.</summary>
    /// <param name="rows">The rows, read once.</param>
    public static DataFingerprint Of(IEnumerable<TokenizedPrompt> rows) => Of("prompt", rows, static (hasher, row) => hasher.Add(row.Ids));

    private static DataFingerprint Of<TRow>(string kind, IEnumerable<TRow> rows, Action<RowHasher, TRow> add)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var hasher = new RowHasher(kind);
        var count = 0;
        foreach (var row in rows)
        {
            add(hasher, row);
            count++;
        }
        return new DataFingerprint(count, hasher.Tokens, hasher.Sha256());
    }
}
