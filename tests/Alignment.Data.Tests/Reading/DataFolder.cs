using System.IO.Compression;
using static System.Text.Encoding;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Tests.Reading;

/// <summary>A temporary folder and ways to fill it with data files.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("alignment-data-").FullName;

    public string Of(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes lines, each with its line break.</summary>
    public string Lines(string name, params string[] lines) => Bytes(name, UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));

    public string Bytes(string name, byte[] bytes)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Of(name))!);
        File.WriteAllBytes(Of(name), bytes);
        return Of(name);
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest)) gzip.Write(bytes);
        return target.ToArray();
    }

    /// <summary>Writes columns of text, in row groups of the given number of rows.</summary>
    public async Task<string> TextsAsync(string name, int rowsPerGroup, ParquetOptions? options, params (string Name, string?[] Values)[] columns)
    {
        DataField[] fields = [.. columns.Select(column => new DataField<string>(column.Name))];
        return await ParquetAsync(name, new ParquetSchema(fields), options, async writer =>
        {
            for (var start = 0; start < columns[0].Values.Length; start += rowsPerGroup)
            {
                using var group = writer.CreateRowGroup();
                for (var i = 0; i < fields.Length; i++) await group.WriteAsync(fields[i], columns[i].Values.Skip(start).Take(rowsPerGroup).ToArray());
            }
        });
    }

    public async Task<string> ParquetAsync(string name, ParquetSchema schema, ParquetOptions? options, Func<ParquetWriter, Task> write)
    {
        await using var stream = File.Create(Of(name));
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, options);
        await write(writer);
        return Of(name);
    }

    public static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> records)
    {
        var all = new List<T>();
        await foreach (var record in records) all.Add(record);
        return all;
    }

    /// <summary>The message of the error in which reading pairs ends.</summary>
    public static async Task<string> ErrorAsync(string path, ReadOptions? options = null) =>
        (await Assert.ThrowsAsync<DataFormatException>(() => AllAsync(PreferenceReader.ReadAsync(path, options)))).Message;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
