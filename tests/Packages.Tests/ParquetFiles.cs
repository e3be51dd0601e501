using Parquet;
using Parquet.Schema;

namespace Packages.Tests;

/// <summary>Files to read, and the writing and reading that several tests share.</summary>
internal static class ParquetFiles
{
    /// <summary>
    /// Whether these tests run on the stand-in under eng/offline. It holds every length against the file before it allocates and
    /// names the damage; the original takes some lengths at their word.
    /// </summary>
    public static bool IsStandIn { get; } = typeof(ParquetReader).Assembly.GetType("Parquet.Serialization.ParquetSerializer") is null;

    /// <summary>A file that pyarrow wrote.</summary>
    public static string Golden(string name) => Path.Combine(Folder(), "runs", name);

    /// <summary>A file of real preference rows, which lie beside the golden values.</summary>
    public static string Data(string name) => Path.Combine(Folder(), "..", "data", name);

    /// <summary>Writes one row group to memory.</summary>
    public static async Task<MemoryStream> WriteAsync(
        ParquetSchema schema, Func<ParquetRowGroupWriter, Task> write, ParquetOptions? options = null)
    {
        var file = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(schema, file, options))
        {
            using var group = writer.CreateRowGroup();
            await write(group);
            group.CompleteValidate();
        }

        return file;
    }

    /// <summary>Reads a flat column of text of one row group.</summary>
    public static async Task<List<string?>> ReadTextAsync(ParquetReader reader, string column, int group = 0)
    {
        using var rows = reader.OpenRowGroupReader(group);
        var values = new string?[rows.RowCount];
        await rows.ReadAsync(reader.Schema.FindDataField(column), values.AsMemory());
        return [.. values];
    }

    /// <summary>Reads a column of text of any depth: its values, and the levels that say where they belong.</summary>
    public static async Task<(string[] Values, int[] Definitions, int[] Repetitions)> ReadRawAsync(
        ParquetReader reader, FieldPath path, int group = 0)
    {
        using var rows = reader.OpenRowGroupReader(group);
        var field = reader.Schema.FindDataField(path);
        var count = (int)rows.GetMetadata(field)!.MetaData!.NumValues;
        var (values, definitions, repetitions) = (new ReadOnlyMemory<char>[count], new int[count], new int[count]);
        await rows.ReadRawAsync<ReadOnlyMemory<char>>(field, values, definitions, repetitions);
        var present = definitions.Count(level => level == field.MaxDefinitionLevel);
        return (values.Take(present).Select(text => text.ToString()).ToArray(), definitions, repetitions);
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable("ALIGNMENT_GOLDEN") is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var golden = Path.Combine(folder.FullName, "shared", "golden");
            if (Directory.Exists(golden))
            {
                return golden;
            }
        }

        throw new DirectoryNotFoundException("No folder shared/golden above the tests. Set ALIGNMENT_GOLDEN.");
    }
}
