using Alignment.Data.Reading;

namespace Alignment.Data;

/// <summary>Streams rated responses from Parquet and JSON lines.</summary>
/// <remarks>A prompt and a response, or whole conversations whose last message is the response, with a column <c>rating</c> or <c>score</c> of numbers.</remarks>
public static class RatedReader
{
    /// <inheritdoc cref="PreferenceReader.ReadAsync(string, ReadOptions, CancellationToken)"/>
    public static IAsyncEnumerable<RatedResponse> ReadAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadAsync([path], options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.ReadAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static IAsyncEnumerable<RatedResponse> ReadAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.ReadAsync(RecordKinds.Rated, paths, options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.OpenAsync(string, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<RatedResponse>> OpenAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync([path], options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.OpenAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<RatedResponse>> OpenAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.OpenAsync(RecordKinds.Rated, paths, options, cancellationToken);
}
