using Alignment.Data.Writing;

namespace Alignment.Data;

/// <summary>Writes preference pairs to Parquet or JSON Lines, as TRL and Hugging Face datasets read them.</summary>
/// <remarks>
/// Columns <c>prompt</c>, <c>chosen</c>, <c>rejected</c> and optionally <c>margin</c>, <c>weight</c>, <c>id</c>, <c>source</c>.
/// Text is a string, a conversation a list of structures of role and content; a file holds one or the other.
/// </remarks>
public static class PreferenceWriter
{
    private static readonly RecordColumn<PreferencePair>[] Columns =
    [
        new TranscriptColumn<PreferencePair>("prompt", pair => pair.Prompt),
        new TranscriptColumn<PreferencePair>("chosen", pair => pair.Chosen),
        new TranscriptColumn<PreferencePair>("rejected", pair => pair.Rejected),
        new NumberColumn<PreferencePair>("margin", pair => pair.Margin),
        new NumberColumn<PreferencePair>("weight", pair => pair.Weight),
        new TextColumn<PreferencePair>("id", record => record.Id),
        new TextColumn<PreferencePair>("source", record => record.Source),
    ];

    /// <summary>Writes a stream of preference pairs, one row group in memory at a time. The file is there in full or not at all.</summary>
    /// <param name="path">The file, in place of one that was there: <c>.parquet</c>, <c>.jsonl</c> or <c>.jsonl.gz</c>.</param>
    /// <param name="pairs">The rows: all plain text, or all conversations.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the writing by an exception; the file is left as it was.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="ArgumentException">The extension or an option is not one of those allowed.</exception>
    /// <exception cref="DataFormatException">A row can't be written; the message names file, row and column.</exception>
    public static Task<long> WriteAsync(
        string path, IAsyncEnumerable<PreferencePair> pairs, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordFile.WriteAsync(path, pairs, Columns, options, cancellationToken);

    /// <inheritdoc cref="WriteAsync(string, IAsyncEnumerable{PreferencePair}, WriteOptions?, CancellationToken)"/>
    public static Task<long> WriteAsync(
        string path, IEnumerable<PreferencePair> pairs, WriteOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordFile.WriteAsync(path, pairs, Columns, options, cancellationToken);
}
