using System.Globalization;
using System.Runtime.CompilerServices;

namespace Alignment.Data.Reading;

/// <summary>A file of JSON objects, one a line, read in blocks.</summary>
internal sealed class JsonLinesTable : Table
{
    private const int BlockRows = 256;
    private const long BlockBytes = 8 << 20;

    private readonly ReadOptions _options;

    private JsonLinesTable(string path, DataFileFormat format, IReadOnlyList<Column> columns, ReadOptions options) : base(path, format)
    {
        _options = options;
        Columns = columns;
    }

    public override IReadOnlyList<Column> Columns { get; }

    public override long? RowCount => null;

    public static async Task<JsonLinesTable> OpenLinesAsync(string path, DataFileFormat format, ReadOptions options, CancellationToken cancellationToken)
    {
        var lines = Lines(path, format, options);
        await using (lines.ConfigureAwait(false))
        {
            try
            {
                var columns = await JsonSchema.ReadAsync(lines, path, options.MaxLineBytes, cancellationToken).ConfigureAwait(false);
                return new JsonLinesTable(path, format, columns, options);
            }
            catch (InvalidDataException error)
            {
                throw Damaged(path, lines, error);
            }
        }
    }

    public override async IAsyncEnumerable<RowBatch> ReadAsync(IReadOnlyList<Column> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = Lines(Path, Format, _options);
        await using (lines.ConfigureAwait(false))
        {
            while (await ReadBlockAsync(lines, columns, cancellationToken).ConfigureAwait(false) is { Count: > 0 } block) yield return block;
        }
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<RowBatch> ReadBlockAsync(LineReader lines, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        var numbers = new List<long>();
        var cells = columns.Select(_ => new object?[BlockRows]).ToArray();
        var bad = new Dictionary<int, CellFault>();
        var json = new JsonCells(_options.MaxFieldCharacters);
        var bytes = 0L;
        while (numbers.Count < BlockRows && bytes < BlockBytes && await NextAsync(lines, cancellationToken).ConfigureAwait(false))
        {
            if (!lines.IsTooLong && JsonLine.IsBlank(lines.Line.Span)) continue;
            bytes += lines.Line.Length;
            var (row, fault) = JsonLine.Parse(lines, _options.MaxLineBytes);
            using (row)
            {
                if (fault is not null) bad.Add(numbers.Count, fault);
                for (var i = 0; row is not null && i < columns.Count; i++)
                    cells[i][numbers.Count] = row.RootElement.TryGetProperty(columns[i].Name, out var value) ? json.Of(value, columns[i].Kind) : null;
            }
            numbers.Add(lines.Number);
        }
        return new RowBatch(numbers.Count, cells, row => string.Create(CultureInfo.InvariantCulture, $"'{Path}', line {numbers[row]}"))
        {
            BadRows = bad.Count > 0 ? bad : null,
        };
    }

    private async ValueTask<bool> NextAsync(LineReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return await lines.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException error)
        {
            throw Damaged(Path, lines, error);
        }
    }

    private static LineReader Lines(string path, DataFileFormat format, ReadOptions options)
    {
        Stream file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        return new LineReader(format == DataFileFormat.GzipJsonLines ? new WholeGzipStream(file) : file, options.MaxLineBytes);
    }

    private static DataFormatException Damaged(string path, LineReader lines, InvalidDataException error) =>
        new(string.Create(CultureInfo.InvariantCulture, $"'{path}' can't be decompressed after line {lines.Number}: {error.Message}"), error);
}
