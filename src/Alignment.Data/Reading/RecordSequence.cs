using Alignment.Data.Reading;

namespace Alignment.Data;

/// <summary>Records of one or more files, found and checked but not yet read; reading streams them in order.</summary>
/// <remarks>
/// Every enumeration reads the files anew, one row group or block of lines in memory at a time, and counts anew. No file is open between. One
/// enumeration at a time.
/// </remarks>
/// <typeparam name="T">The kind of record.</typeparam>
public sealed class RecordSequence<T> : IAsyncEnumerable<T> where T : class
{
    private readonly IReadOnlyList<OpenedFile<T>> _files;
    private readonly ReadOptions _options;
    private Tally _tally = new();

    internal RecordSequence(IReadOnlyList<OpenedFile<T>> files, ReadOptions options)
    {
        _files = files;
        _options = options;
        Files = [.. files.Select(file => file.Summary)];
    }

    /// <summary>What was found: a file each, in the order of reading.</summary>
    public IReadOnlyList<DataFile> Files { get; }

    /// <summary>Rows of all files, those that may turn out bad among them; null where a file does not say.</summary>
    public long? Rows => Files.Any(file => file.Rows is null) ? null : Files.Sum(file => file.Rows);

    /// <summary>Rows read, records given and rows left out by the latest enumeration so far.</summary>
    public ReadCounts Counts => _tally.Counts;

    /// <summary>Reads from the beginning.</summary>
    /// <param name="cancellationToken">Ends the reading by an exception.</param>
    /// <exception cref="DataFormatException">A row is not as it should be, and <see cref="ReadOptions.BadRows"/> says fail; or a file is damaged or has changed.</exception>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var tally = _tally = new Tally();
        for (var i = 0; i < _files.Count; i++)
        {
            var table = await _files[i].ReopenAsync(_options, cancellationToken).ConfigureAwait(false);
            await using (table.ConfigureAwait(false))
            {
                await foreach (var batch in table.ReadAsync(_files[i].Match.Columns, cancellationToken).ConfigureAwait(false))
                {
                    for (var row = 0; row < batch.Count; row++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        if (Read(_files[i].Match, new Row(batch, row, _options.MaxFieldCharacters), tally) is not { } record) continue;
                        yield return record;
                        if (tally.Records == _options.MaxRecords) yield break;
                    }
                    _options.Progress?.Report(new ReadProgress(Files[i].Path, i + 1, Files.Count, tally.Counts));
                }
            }
        }
    }

    private T? Read(Match<T> match, Row row, Tally tally)
    {
        try
        {
            var record = match.Read(row);
            tally.Count();
            return record;
        }
        catch (RowException problem)
        {
            var message = $"{row.Place}, {problem.Message}";
            if (_options.BadRows == BadRows.Fail) throw new DataFormatException(message, problem);
            tally.Skip(problem.Problem, message);
            return null;
        }
    }
}
