using Alignment.Data.Reading;

namespace Alignment.Data;

/// <summary>Streams prompts from Parquet and JSON lines.</summary>
/// <remarks>A column <c>prompt</c> (or question, instruction, query, text) or conversations that end with the user.</remarks>
public static class PromptReader
{
    /// <inheritdoc cref="PreferenceReader.ReadAsync(string, ReadOptions, CancellationToken)"/>
    public static IAsyncEnumerable<PromptOnly> ReadAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        ReadAsync([path], options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.ReadAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static IAsyncEnumerable<PromptOnly> ReadAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.ReadAsync(RecordKinds.Prompts, paths, options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.OpenAsync(string, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<PromptOnly>> OpenAsync(string path, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync([path], options, cancellationToken);

    /// <inheritdoc cref="PreferenceReader.OpenAsync(IEnumerable{string}, ReadOptions, CancellationToken)"/>
    public static Task<RecordSequence<PromptOnly>> OpenAsync(IEnumerable<string> paths, ReadOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordReader.OpenAsync(RecordKinds.Prompts, paths, options, cancellationToken);
}
