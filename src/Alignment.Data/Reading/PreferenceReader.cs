using Alignment.Data.Reading;

namespace Alignment.Data;

/// <summary>Streams preference pairs from Parquet and JSON lines.</summary>
/// <remarks>
/// Read without options: a prompt and two responses, each plain text or messages (TRL; argilla; Orca pairs with their <c>system</c> column); a prompt
/// and two whole conversations (UltraFeedback-binarized); two conversations or texts with a common beginning (TRL's implicit prompt); and the
/// transcripts of HH-RLHF, which become messages with the prompt up to the last <c>Assistant:</c> that both share. Reading/README.md lists them.
/// </remarks>
public static class PreferenceReader
{
    /// <summary>Reads the records of a file, a glob or a folder in order, one row group or block of lines in memory at a time.</summary>
    /// <param name="path">
    /// A file of Parquet or JSON lines, plain or gzip; a glob such as <c>data/train-*.parquet</c> or <c>data/**/*.jsonl</c>; or a folder, whose
    /// .parquet, .jsonl and .ndjson files (.gz too) are read. The files of a glob or folder come in ordinal order.
    /// </param>
    /// <param name="options">Names, limits and what to do with bad rows; the defaults where null.</param>
    /// <param name="cancellationToken">Ends the reading by an exception.</param>
    /// <exception cref="FileNotFoundException">No file has this name.</exception>
    /// <exception cref="DataFormatException">A file, its schema or a row is not as it should be; the message names file, row group, row and column.</exception>
    public static IAsyncEnumerable<PreferencePair> ReadAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadAsync([path], options, cancellationToken);

    /// <summary>Reads the records of several files, globs or folders in the order given; a file that comes twice is read once.</summary>
    /// <inheritdoc cref="ReadAsync(string, ReadOptions, CancellationToken)"/>
    /// <param name="paths">Files, globs or folders; at least one.</param>
    /// <param name="options">Names, limits and what to do with bad rows; the defaults where null.</param>
    /// <param name="cancellationToken">Ends the reading by an exception.</param>
    public static IAsyncEnumerable<PreferencePair> ReadAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.ReadAsync(RecordKinds.Preferences, paths, options, cancellationToken);

    /// <summary>Finds the files and checks their schemas without reading rows: the result says what was found, and can be read many times.</summary>
    /// <inheritdoc cref="ReadAsync(string, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<PreferencePair>> OpenAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync([path], options, cancellationToken);

    /// <summary>Finds the files and checks their schemas without reading rows: the result says what was found, and can be read many times.</summary>
    /// <inheritdoc cref="ReadAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<PreferencePair>> OpenAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.OpenAsync(RecordKinds.Preferences, paths, options, cancellationToken);
}
