using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Tests.Writing;

/// <summary>A Parquet file read straight through Parquet.Net: names of its columns, and its values as text, null, or messages "role|content" by row.</summary>
internal sealed record ParquetTable(string[] Names, long[] GroupRows, Dictionary<string, List<object?>> Columns, List<string> Codecs)
{
    public static async Task<ParquetTable> ReadAsync(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path);
        var names = reader.Schema.Fields.Select(field => field.Name).ToArray();
        var columns = names.ToDictionary(name => name, _ => new List<object?>());
        var rows = new List<long>();
        var codecs = new List<string>();
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            rows.Add(group.RowCount);
            foreach (var field in reader.Schema.Fields) columns[field.Name].AddRange(await ValuesAsync(group, field));
            codecs.Add(group.GetMetadata(reader.Schema.DataFields[0])!.MetaData!.Codec.ToString());
        }
        return new ParquetTable(names, [.. rows], columns, codecs);
    }

    private static async Task<IEnumerable<object?>> ValuesAsync(ParquetRowGroupReader group, Field field)
    {
        if (field is ListField { Item: StructField { Fields: [DataField role, DataField content] } })
        {
            Assert.Equal(("role", "content"), (role.Name, content.Name));
            var (roles, rows) = await LeafAsync(group, role);
            var (contents, _) = await LeafAsync(group, content);
            var messages = roles.Zip(contents, (r, c) => $"{r}|{c}");
            return rows.Zip(messages).GroupBy(pair => pair.First, pair => pair.Second).Select(row => (object?)row.ToArray());
        }
        var data = Assert.IsType<DataField>(field, exactMatch: false);
        if (data.ClrType == typeof(bool)) return (await NumbersAsync<bool>(group, data)).Select(value => (object?)value);
        if (data.ClrType == typeof(double)) return (await NumbersAsync<double>(group, data)).Select(value => (object?)value);
        var texts = new string?[group.RowCount];
        await group.ReadAsync(data, texts.AsMemory());
        return texts;
    }

    private static async Task<T?[]> NumbersAsync<T>(ParquetRowGroupReader group, DataField field) where T : struct
    {
        var values = new T?[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory());
        return values;
    }

    private static async Task<(string[] Values, int[] Rows)> LeafAsync(ParquetRowGroupReader group, DataField leaf)
    {
        var count = (int)group.GetMetadata(leaf)!.MetaData!.NumValues;
        var (values, definitions, repetitions) = (new ReadOnlyMemory<char>[count], new int[count], new int[count]);
        await group.ReadRawAsync<ReadOnlyMemory<char>>(leaf, values, definitions, repetitions);
        Assert.All(definitions, level => Assert.Equal(leaf.MaxDefinitionLevel, level));
        var row = -1;
        return ([.. values.Select(value => value.ToString())], [.. repetitions.Select(level => level == 0 ? ++row : row)]);
    }

    /// <summary>A row as one line.</summary>
    public string Row(int row) => string.Join("; ", Names.Select(name => $"{name}={Text(Columns[name][row])}"));

    private static string Text(object? value) =>
        value is string[] messages ? $"[{string.Join(", ", messages)}]" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
