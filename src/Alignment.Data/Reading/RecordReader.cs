using System.Runtime.CompilerServices;

namespace Alignment.Data.Reading;

/// <summary>What the readers of all kinds of records share: finding files, matching shapes, streaming.</summary>
internal static class RecordReader
{
    /// <summary>Opens and streams in one go.</summary>
    public static async IAsyncEnumerable<T> ReadAsync<T>(
        RecordKind<T> kind, IEnumerable<string> paths, ReadOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class
    {
        var stream = await OpenAsync(kind, paths, options, cancellationToken).ConfigureAwait(false);
        await foreach (var record in stream.WithCancellation(cancellationToken).ConfigureAwait(false)) yield return record;
    }

    /// <summary>Finds the files and checks the schema of each.</summary>
    public static async Task<RecordSequence<T>> OpenAsync<T>(
        RecordKind<T> kind, IEnumerable<string> paths, ReadOptions? options, CancellationToken cancellationToken)
        where T : class
    {
        options ??= new ReadOptions();
        var files = new List<OpenedFile<T>>();
        foreach (var path in FileSet.Find(paths))
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.Add(await OpenedFile<T>.OpenAsync(path, kind, options, cancellationToken).ConfigureAwait(false));
        }
        return new RecordSequence<T>(files, options);
    }
}
