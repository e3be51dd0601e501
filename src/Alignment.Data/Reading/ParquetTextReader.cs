using System.Globalization;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data;

/// <summary>Streams columns of plain text from a Parquet file, one row group in memory at a time.</summary>
internal static class ParquetTextReader
{
    /// <summary>Reads rows of the named columns, in the order of the names. The schema is checked before the first row.</summary>
    public static async IAsyncEnumerable<string[]> ReadAsync(string path, string[] columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        var reader = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var fields = Fields(reader.Schema, path, columns);
            long firstRow = 0;
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"'{path}', row group {group}");
                var values = await ReadGroupAsync(reader, group, fields, place, cancellationToken).ConfigureAwait(false);
                for (var row = 0; row < values[0].Length; row++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return Row(values, columns, row, place, firstRow);
                }
                firstRow += values[0].Length;
            }
        }
    }

    private static async Task<ParquetReader> OpenAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await ParquetReader.CreateAsync(path, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new DataFormatException($"'{path}' is not a Parquet file that can be read: {error.Message}", error);
        }
    }

    private static DataField[] Fields(ParquetSchema schema, string path, string[] columns)
    {
        var found = schema.Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);
        return [.. columns.Select(column => found.TryGetValue(column, out var field)
            ? field is DataField { IsArray: false } text && text.ClrType == typeof(ReadOnlyMemory<char>)
                ? text
                : throw new DataFormatException($"'{path}', column '{column}' must hold plain strings; it holds {Describe(field)}.")
            : throw new DataFormatException($"'{path}' must have a column '{column}'; it has {string.Join(", ", found.Keys.Select(name => $"'{name}'"))}."))];
    }

    private static async Task<string?[][]> ReadGroupAsync(ParquetReader reader, int group, DataField[] fields, string place, CancellationToken cancellationToken)
    {
        using var rows = reader.OpenRowGroupReader(group);
        var values = new string?[fields.Length][];
        for (var i = 0; i < fields.Length; i++)
        {
            values[i] = new string?[rows.RowCount];
            try
            {
                await rows.ReadAsync(fields[i], values[i].AsMemory(), cancellationToken: cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                throw new DataFormatException($"{place}, column '{fields[i].Name}' can't be read: {error.Message}", error);
            }
        }
        return values;
    }

    private static string[] Row(string?[][] values, string[] columns, int row, string place, long firstRow)
    {
        var texts = new string[columns.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            texts[i] = values[i][row] ?? throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                $"{place}, row {row} (row {firstRow + row} of the file), column '{columns[i]}' must hold text; it is null."));
        }
        return texts;
    }

    private static string Describe(Field field) =>
        field is DataField data ? (data.IsArray ? "lists of " : "") + data.ClrType.Name : field.SchemaType.ToString();
}
