using System.Globalization;
using System.Text.Json;

namespace Alignment.Data.Reading;

/// <summary>
/// The columns of JSON lines. A column's kind is that of its first value that has one, among the first 100 rows; later rows of another kind are
/// bad rows, and a column that first appears after those rows is not seen.
/// </summary>
internal sealed class JsonSchema
{
    public const int Rows = 100;

    // Rows of megabytes need not be read a hundred times over.
    private const long Bytes = 16 << 20;

    private readonly List<string> _names = [];
    private readonly Dictionary<string, (ColumnKind? Kind, string Holds)> _kinds = new(StringComparer.Ordinal);

    private IReadOnlyList<Column> Columns => [.. _names.Select(name => new Column(name, _kinds[name].Kind ?? ColumnKind.Other) { Holds = _kinds[name].Holds })];

    /// <summary>Reads the first rows. A file without rows has no columns.</summary>
    public static async Task<IReadOnlyList<Column>> ReadAsync(LineReader lines, string path, int maxLineBytes, CancellationToken cancellationToken)
    {
        var schema = new JsonSchema();
        string? firstFault = null;
        var (good, bad, bytes) = (0, 0, 0L);
        while (good + bad < Rows && bytes < Bytes && await lines.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            bytes += lines.Line.Length;
            if (!lines.IsTooLong && JsonLine.IsBlank(lines.Line.Span)) continue;
            if (good + bad == 0 && lines.Line.Span.TrimStart(" \t"u8) is [(byte)'[', ..])
                throw new DataFormatException($"'{path}' begins with a JSON list, which can't be streamed. Write its objects one a line: jq -c '.[]' list.json > rows.jsonl");
            var (row, fault) = JsonLine.Parse(lines, maxLineBytes);
            if (fault is not null)
            {
                bad++;
                firstFault ??= string.Create(CultureInfo.InvariantCulture, $"line {lines.Number}, {fault.What}");
                continue;
            }
            using (row)
                schema.Add(row!.RootElement);
            good++;
        }
        return good > 0 || firstFault is null ? schema.Columns
            : throw new DataFormatException($"'{path}' is neither Parquet nor lines of JSON: {firstFault}");
    }

    private void Add(JsonElement row)
    {
        foreach (var property in row.EnumerateObject())
        {
            var known = _kinds.TryGetValue(property.Name, out var entry);
            if (!known) _names.Add(property.Name);
            if (known && entry.Kind is not null) continue;
            var kind = JsonCells.KindOf(property.Value);
            _kinds[property.Name] = (kind, kind switch
            {
                null => "nothing",
                ColumnKind.Other => property.Value.ValueKind == JsonValueKind.Array ? "lists" : "objects",
                _ => Column.Words(kind.Value),
            });
        }
    }
}
