namespace Alignment.Data.Writing;

/// <summary>Writes rows of one file, a group at a time. Disposing ends the file and leaves its stream open.</summary>
internal interface IRowGroupWriter<T> : IAsyncDisposable
{
    Task WriteAsync(IReadOnlyList<T> rows, CancellationToken cancellationToken);
}
