using System.Globalization;

namespace Alignment.Data.Reading;

/// <summary>Refuses row groups whose metadata promises more than a file of its size can hold, before memory is taken for them.</summary>
internal sealed class ParquetLimits(long fileLength, long maxBytes)
{
    // A run of equal values takes a few bytes whatever its length, so some rows are believed for nothing and many for each byte of a column chunk.
    private const long FreeValues = 1 << 20;
    private const long ValuesPerByte = 4096;

    // A value takes at least its place in an array and two levels.
    private const long BytesPerValue = 24;

    public void Check(ParquetRows rows, IReadOnlyList<ParquetColumn> columns, string place)
    {
        // Arrays are counted by int, and without a column there would be nothing to tell how many rows are really there.
        if (rows.Count < 0 || rows.Count > Array.MaxLength) throw Refuse(place, $"promises {rows.Count} rows");
        var total = 0L;
        foreach (var column in columns)
        {
            foreach (var field in column.Leaves)
            {
                var chunk = rows.Metadata(field) ?? throw Refuse(place, $"has no column '{column.Column.Name}'");
                var size = chunk.TotalCompressedSize;
                if (size < 0 || size > fileLength) throw Refuse(place, $"promises {size} bytes of column '{column.Column.Name}' in a file of {fileLength}");
                if (chunk.NumValues < rows.Count || chunk.NumValues > FreeValues + ValuesPerByte * size)
                    throw Refuse(place, $"promises {chunk.NumValues} values of column '{column.Column.Name}' for {rows.Count} rows in {size} bytes");
                if (chunk.TotalUncompressedSize < 0) throw Refuse(place, $"promises {chunk.TotalUncompressedSize} bytes of column '{column.Column.Name}'");
                total = SaturatedSum(total, SaturatedSum(chunk.TotalUncompressedSize, BytesPerValue * chunk.NumValues));
            }
        }
        if (total > maxBytes) throw Refuse(place, $"needs {total} bytes, more than MaxRowGroupBytes = {maxBytes}");
    }

    private static long SaturatedSum(long one, long other) => one > long.MaxValue - other ? long.MaxValue : one + other;

    private static DataFormatException Refuse(string place, FormattableString what) => new($"{place} {what.ToString(CultureInfo.InvariantCulture)}.");
}
