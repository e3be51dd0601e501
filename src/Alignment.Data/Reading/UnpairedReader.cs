using Alignment.Data.Reading;

namespace Alignment.Data;

/// <summary>Streams responses that are good or bad, as KTO learns from, from Parquet and JSON lines.</summary>
/// <remarks>A prompt and a response, or whole conversations whose last message is the response, with a column <c>label</c> of booleans or of 0 and 1.</remarks>
public static class UnpairedReader
{
    /// <inheritdoc cref="PreferenceReader.ReadAsync(string, ReadOptions, CancellationToken)"/>
    public static IAsyncEnumerable<UnpairedResponse> ReadAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadAsync([path], options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.ReadAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static IAsyncEnumerable<UnpairedResponse> ReadAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.ReadAsync(RecordKinds.Unpaired, paths, options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.OpenAsync(string, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<UnpairedResponse>> OpenAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync([path], options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.OpenAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<UnpairedResponse>> OpenAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.OpenAsync(RecordKinds.Unpaired, paths, options, cancellationToken);
}
