using Alignment.Data.Reading;

namespace Alignment.Data;

/// <summary>Streams demonstrations from Parquet and JSON lines.</summary>
/// <remarks>A prompt and a response, each plain text or messages, or whole conversations whose last message is the response.</remarks>
public static class DemonstrationReader
{
    /// <inheritdoc cref="PreferenceReader.ReadAsync(string, ReadOptions, CancellationToken)"/>
    public static IAsyncEnumerable<Demonstration> ReadAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadAsync([path], options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.ReadAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static IAsyncEnumerable<Demonstration> ReadAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.ReadAsync(RecordKinds.Demonstrations, paths, options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.OpenAsync(string, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<Demonstration>> OpenAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync([path], options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.OpenAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<Demonstration>> OpenAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.OpenAsync(RecordKinds.Demonstrations, paths, options, cancellationToken);
}
