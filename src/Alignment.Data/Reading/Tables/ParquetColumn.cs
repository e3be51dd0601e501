using Parquet.Schema;

namespace Alignment.Data.Reading;

/// <summary>A top-level column of a Parquet file: what it holds, and how its cells are read.</summary>
internal abstract class ParquetColumn(Column column, params DataField[] leaves)
{
    public Column Column { get; } = column;

    /// <summary>The columns of the file that are read for it.</summary>
    public IReadOnlyList<DataField> Leaves { get; } = leaves;

    public abstract Task<object?[]> ReadAsync(ParquetRows rows, CancellationToken cancellationToken);

    public static ParquetColumn Of(Field field, int maxCharacters) => field switch
    {
        DataField { IsArray: false } data => Flat(data),
        ListField { Item: StructField item } list when ParquetMessageColumn.TryMake(list, item, maxCharacters) is { } messages => messages,
        _ => new UnreadColumn(field.Name, field switch
        {
            ListField { Item: DataField item } => $"lists of {TypeName(item)}",
            ListField { Item: StructField item } => $"lists of structures of {string.Join(", ", item.Fields.Select(part => $"'{part.Name}'"))}",
            DataField item => $"lists of {TypeName(item)}",
            _ => field.SchemaType == SchemaType.Struct ? "structures" : field.SchemaType == SchemaType.Map ? "maps" : "lists",
        }),
    };

    private static ParquetColumn Flat(DataField field) =>
        field.ClrType == typeof(ReadOnlyMemory<char>) ? new ParquetTextColumn(field)
        : field.ClrType == typeof(bool) ? new ParquetValueColumn<bool>(field, ColumnKind.Boolean, value => value)
        : field.ClrType == typeof(double) ? Numbers<double>(field, value => value)
        : field.ClrType == typeof(float) ? Numbers<float>(field, value => (double)value)
        : field.ClrType == typeof(long) ? Numbers<long>(field, value => value)
        : field.ClrType == typeof(int) ? Numbers<int>(field, value => (long)value)
        : field.ClrType == typeof(short) ? Numbers<short>(field, value => (long)value)
        : field.ClrType == typeof(sbyte) ? Numbers<sbyte>(field, value => (long)value)
        : field.ClrType == typeof(byte) ? Numbers<byte>(field, value => (long)value)
        : field.ClrType == typeof(ushort) ? Numbers<ushort>(field, value => (long)value)
        : field.ClrType == typeof(uint) ? Numbers<uint>(field, value => (long)value)
        : field.ClrType == typeof(ulong) ? Numbers<ulong>(field, value => value <= long.MaxValue ? (long)value : (object)(double)value)
        : new UnreadColumn(field.Name, TypeName(field));

    private static ParquetValueColumn<T> Numbers<T>(DataField field, Func<T, object> box) where T : struct => new(field, ColumnKind.Number, box);

    private static string TypeName(DataField field) =>
        field.ClrType == typeof(ReadOnlyMemory<char>) ? "text" : field.ClrType == typeof(ReadOnlyMemory<byte>) ? "bytes" : field.ClrType.Name;

    private sealed class UnreadColumn(string name, string holds) : ParquetColumn(new Column(name, ColumnKind.Other) { Holds = holds })
    {
        public override Task<object?[]> ReadAsync(ParquetRows rows, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"Column '{Column.Name}' is never asked for.");
    }
}
