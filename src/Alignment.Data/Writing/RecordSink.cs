using System.Globalization;

namespace Alignment.Data.Writing;

/// <summary>
/// Checks rows, gathers them into groups of bounded size and hands these on. What the file holds, text or conversations and which
/// optional columns, is settled with the first group.
/// </summary>
internal sealed class RecordSink<T>(
    string path,
    RecordColumn<T>[] columns,
    IReadOnlyCollection<T>? all,
    WriteOptions options,
    Func<RecordColumn<T>[], bool, Task<IRowGroupWriter<T>>> openAsync) : IAsyncDisposable
{
    private readonly List<T> _rows = [];
    private long _characters;
    private long _count;
    private bool? _conversational;
    private HashSet<RecordColumn<T>>? _present;
    private IRowGroupWriter<T>? _writer;

    public async Task AddAsync(T row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var characters = Check(row);
        if (_rows.Count > 0 && _characters + characters > options.RowGroupCharacters) await FlushAsync(cancellationToken).ConfigureAwait(false);
        CheckOptionalColumns(row);
        _rows.Add(row);
        _characters += characters;
        _count++;
        if (_rows.Count == options.RowGroupRows) await FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what is left. A file without rows has the columns of text that every row has.</summary>
    /// <returns>The number of rows.</returns>
    public async Task<long> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0) await FlushAsync(cancellationToken).ConfigureAwait(false);
        else await OpenAsync().ConfigureAwait(false);
        return _count;
    }

    public ValueTask DisposeAsync() => _writer?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await OpenAsync().ConfigureAwait(false);
        await _writer!.WriteAsync(_rows, cancellationToken).ConfigureAwait(false);
        _rows.Clear();
        _characters = 0;
    }

    private async Task OpenAsync()
    {
        if (_writer is not null) return;
        var rows = all ?? _rows;
        _present = [.. columns.Where(column => !column.IsOptional || options.OptionalColumns.Contains(column.Name)
            || rows.Any(row => row is not null && column.HasValue(row)))];
        _writer = await openAsync([.. columns.Where(_present.Contains)], _conversational ?? false).ConfigureAwait(false);
    }

    private long Check(T row)
    {
        if (row is null) throw new DataFormatException($"{Place()} is null.");
        _conversational ??= columns.OfType<TranscriptColumn<T>>().First().IsConversational(row);
        long total = 0;
        foreach (var column in columns)
        {
            if (column.Problem(row, _conversational.Value, out var characters) is { } problem)
                throw new DataFormatException($"{Place()}, column '{column.Name}'{problem}.");
            total += characters;
        }
        return total <= WriteOptions.LongestRow ? total : throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
            $"{Place()} holds {total} characters; a row may hold {WriteOptions.LongestRow}."));
    }

    private void CheckOptionalColumns(T row)
    {
        if (_present is null) return;
        foreach (var column in columns)
        {
            if (!_present.Contains(column) && column.HasValue(row))
            {
                throw new DataFormatException($"{Place()}, column '{column.Name}' has a value, but the rows of the first row group had none, so that "
                    + $"the file lacks the column; name it in {nameof(WriteOptions)}.{nameof(WriteOptions.OptionalColumns)}.");
            }
        }
    }

    private string Place() => string.Create(CultureInfo.InvariantCulture, $"'{path}', row {_count}");
}
