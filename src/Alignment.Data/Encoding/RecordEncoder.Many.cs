namespace Alignment.Data;

/// <content>Many rows at once, on <see cref="EncodingOptions.Threads"/> threads.</content>
public sealed partial class RecordEncoder
{
    /// <summary>Encodes preference pairs; those that cannot be used are left out and counted.</summary>
    /// <param name="pairs">The rows.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    /// <returns>The rows that are left, in order.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row, or a row too long where that is to fail; the message names the row.</exception>
    public IReadOnlyList<TokenizedPair> EncodeAll(IReadOnlyList<PreferencePair> pairs, CancellationToken cancellationToken = default) =>
        All(_rows.Pair, pairs, cancellationToken);

    /// <summary>Encodes judged responses; those that cannot be used are left out and counted.</summary>
    /// <param name="responses">The rows.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    /// <returns>The rows that are left, in order.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row, or a row too long where that is to fail; the message names the row.</exception>
    public IReadOnlyList<TokenizedResponse> EncodeAll(IReadOnlyList<UnpairedResponse> responses, CancellationToken cancellationToken = default) =>
        All(_rows.Judged, responses, cancellationToken);

    /// <summary>Encodes demonstrations; those that cannot be used are left out and counted.</summary>
    /// <param name="demonstrations">The rows.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    /// <returns>The rows that are left, in order.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row, or a row too long where that is to fail; the message names the row.</exception>
    public IReadOnlyList<TokenizedExample> EncodeAll(IReadOnlyList<Demonstration> demonstrations, CancellationToken cancellationToken = default) =>
        All(_rows.Example, demonstrations, cancellationToken);

    /// <summary>Encodes prompts without responses; those that cannot be used are left out and counted.</summary>
    /// <param name="prompts">The rows.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    /// <returns>The rows that are left, in order.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row, or a row too long where that is to fail; the message names the row.</exception>
    public IReadOnlyList<TokenizedPrompt> EncodeAll(IReadOnlyList<PromptOnly> prompts, CancellationToken cancellationToken = default) =>
        All(_rows.Prompt, prompts, cancellationToken);

    /// <summary>Encodes preference pairs as they are read; those that cannot be used are left out and counted.</summary>
    /// <param name="pairs">The rows.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    /// <returns>The rows that are left, in order.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row, or a row too long where that is to fail; the message names the row.</exception>
    public IAsyncEnumerable<TokenizedPair> EncodeAllAsync(IAsyncEnumerable<PreferencePair> pairs, CancellationToken cancellationToken = default) =>
        AllAsync(_rows.Pair, pairs, cancellationToken);

    /// <summary>Encodes judged responses as they are read; those that cannot be used are left out and counted.</summary>
    /// <param name="responses">The rows.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    /// <returns>The rows that are left, in order.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row, or a row too long where that is to fail; the message names the row.</exception>
    public IAsyncEnumerable<TokenizedResponse> EncodeAllAsync(IAsyncEnumerable<UnpairedResponse> responses, CancellationToken cancellationToken = default) =>
        AllAsync(_rows.Judged, responses, cancellationToken);

    /// <summary>Encodes demonstrations as they are read; those that cannot be used are left out and counted.</summary>
    /// <param name="demonstrations">The rows.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    /// <returns>The rows that are left, in order.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row, or a row too long where that is to fail; the message names the row.</exception>
    public IAsyncEnumerable<TokenizedExample> EncodeAllAsync(IAsyncEnumerable<Demonstration> demonstrations, CancellationToken cancellationToken = default) =>
        AllAsync(_rows.Example, demonstrations, cancellationToken);

    /// <summary>Encodes prompts without responses as they are read; those that cannot be used are left out and counted.</summary>
    /// <param name="prompts">The rows.</param>
    /// <param name="cancellationToken">Ends it by an exception.</param>
    /// <returns>The rows that are left, in order.</returns>
    /// <exception cref="DataFormatException">An error that concerns every row, or a row too long where that is to fail; the message names the row.</exception>
    public IAsyncEnumerable<TokenizedPrompt> EncodeAllAsync(IAsyncEnumerable<PromptOnly> prompts, CancellationToken cancellationToken = default) =>
        AllAsync(_rows.Prompt, prompts, cancellationToken);

    private List<TRow> All<TRecord, TRow>(Func<TRecord, RowNotes, TRow?> encode, IReadOnlyList<TRecord> records, CancellationToken cancellationToken)
        where TRecord : class, IPromptRecord where TRow : class
    {
        ArgumentNullException.ThrowIfNull(records);
        return OrderedRows.Encode(records, (record, index) => Counted(encode, record, index), 0, _options.Threads, cancellationToken);
    }

    private IAsyncEnumerable<TRow> AllAsync<TRecord, TRow>(
        Func<TRecord, RowNotes, TRow?> encode, IAsyncEnumerable<TRecord> records, CancellationToken cancellationToken)
        where TRecord : class, IPromptRecord where TRow : class
    {
        ArgumentNullException.ThrowIfNull(records);
        return OrderedRows.EncodeAsync(records, (record, index) => Counted(encode, record, index), _options.Threads, cancellationToken);
    }
}
