using Alignment.Data.Writing;

namespace Alignment.Data;

/// <summary>Writes judged responses to Parquet or JSON Lines, as TRL and Hugging Face datasets read them.</summary>
/// <remarks>
/// Columns <c>prompt</c>, <c>completion</c>, <c>label</c> and optionally <c>weight</c>, <c>id</c>, <c>source</c>.
/// Text is a string, a conversation a list of structures of role and content; a file holds one or the other.
/// </remarks>
public static class UnpairedWriter
{
    private static readonly RecordColumn<UnpairedResponse>[] Columns =
    [
        new TranscriptColumn<UnpairedResponse>("prompt", response => response.Prompt),
        new TranscriptColumn<UnpairedResponse>("completion", response => response.Response),
        new FlagColumn<UnpairedResponse>("label", response => response.IsDesirable),
        new NumberColumn<UnpairedResponse>("weight", response => response.Weight),
        new TextColumn<UnpairedResponse>("id", record => record.Id),
        new TextColumn<UnpairedResponse>("source", record => record.Source),
    ];

    /// <summary>Writes a stream of judged responses, one row group in memory at a time. The file is there in full or not at all.</summary>
    /// <param name="path">The file, in place of one that was there: <c>.parquet</c>, <c>.jsonl</c> or <c>.jsonl.gz</c>.</param>
    /// <param name="responses">The rows: all plain text, or all conversations.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the writing by an exception; the file is left as it was.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentException">The extension or an option is not one of those allowed.</exception>
    /// <exception cref="DataFormatException">A row can't be written; the message names file, row and column.</exception>
    public static Task<long> WriteAsync(
        string path, IAsyncEnumerable<UnpairedResponse> responses, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordFile.WriteAsync(path, responses, Columns, options, cancellationToken);

    /// <inheritdoc cref="WriteAsync(string, IAsyncEnumerable{UnpairedResponse}, WriteOptions?, CancellationToken)"/>
    public static Task<long> WriteAsync(
        string path, IEnumerable<UnpairedResponse> responses, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordFile.WriteAsync(path, responses, Columns, options, cancellationToken);
}
