using Parquet;
using Parquet.Schema;
using Xunit;

namespace Packages.Tests;

/// <summary>Lists of messages, written by parts and read by parts.</summary>
public class ParquetListTests
{
    // Row 0: two messages, the second without content. Row 1: an empty list. Row 2: no list. Row 3: an absent message and a message.
    // Levels of a content: 0 no list, 1 empty list, 2 absent message, 3 absent content, 4 content.
    private static readonly string[] Contents = ["안녕", "", "🙂"];
    private static readonly int[] Definitions = [4, 3, 1, 0, 2, 4, 4];
    private static readonly int[] Repetitions = [0, 1, 0, 0, 0, 1, 1];

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Zstd)]
    public async Task Absent_and_empty_at_every_depth(CompressionMethod method)
    {
        var (schema, role, content) = Messages();
        using var file = await ParquetFiles.WriteAsync(
            schema,
            async group =>
            {
                var roles = ((string[])["user", "assistant", "user", "tool"]).Select(text => text.AsMemory()).ToArray();
                await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(role, roles, (int[])[4, 4, 1, 0, 2, 4, 4], Repetitions, default);
                var contents = Contents.Select(text => text.AsMemory()).ToArray();
                await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(content, contents, Definitions, Repetitions, default);
            },
            new ParquetOptions { CompressionMethod = method });

        await using var reader = await ParquetReader.CreateAsync(file);

        Assert.Equal(4, reader.OpenRowGroupReader(0).RowCount);
        Assert.Equal(schema, reader.Schema);
        var (contents, definitions, repetitions) = await ParquetFiles.ReadRawAsync(reader, content.Path);
        Assert.Equal(Contents, contents);
        Assert.Equal(Definitions, definitions);
        Assert.Equal(Repetitions, repetitions);
        var (roles, _, _) = await ParquetFiles.ReadRawAsync(reader, role.Path);
        Assert.Equal(["user", "assistant", "user", "tool"], roles);
    }

    /// <summary>Without levels of its own, a null is an absent content in a message that is there.</summary>
    [Fact]
    public async Task Text_with_nulls_in_lists()
    {
        var (schema, role, content) = Messages();
        int[] repetitions = [0, 1, 0];
        using var file = await ParquetFiles.WriteAsync(schema, async group =>
        {
            await group.WriteAsync(role, (string[])["user", "assistant", "user"], repetitions);
            await group.WriteAsync(content, (string?[])["a", null, "b"], repetitions);
        });

        await using var reader = await ParquetReader.CreateAsync(file);

        Assert.Equal(2, reader.OpenRowGroupReader(0).RowCount);
        var (contents, definitions, _) = await ParquetFiles.ReadRawAsync(reader, content.Path);
        Assert.Equal(["a", "b"], contents);
        Assert.Equal([4, 3, 4], definitions);
    }

    [Fact]
    public async Task Lists_of_numbers()
    {
        var list = new ListField("ids", new DataField<int>("element"));
        var schema = new ParquetSchema(list);
        var ids = (DataField)list.Item;
        using var file = await ParquetFiles.WriteAsync(
            schema, group => group.WriteAllPartsAsync<int>(ids, (int[])[7, 8, 9], (int[])[2, 2, 1, 2], (int[])[0, 1, 0, 0], default));

        await using var reader = await ParquetReader.CreateAsync(file);

        Assert.Equal("ids/list/element", ids.Path.ToString());
        var (values, definitions, repetitions) = (new int[4], new int[4], new int[4]);
        await reader.OpenRowGroupReader(0).ReadRawAsync<int>(reader.Schema.DataFields[0], values, definitions, repetitions);
        Assert.Equal([7, 8, 9], values[..3]);
        Assert.Equal([2, 2, 1, 2], definitions);
        Assert.Equal([0, 1, 0, 0], repetitions);
    }

    /// <summary>Reading a list as if it were flat fails instead of mixing rows.</summary>
    [Fact]
    public async Task A_list_is_not_flat()
    {
        await using var reader = await ParquetReader.CreateAsync(ParquetFiles.Golden("messages.parquet"));
        var field = reader.Schema.FindDataField(new FieldPath("messages", "list", "element", "role"));

        await Assert.ThrowsAsync<ArgumentException>(
            async () => await reader.OpenRowGroupReader(0).ReadAsync(field, new string?[80].AsMemory()));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await reader.OpenRowGroupReader(0).ReadAsync(field, new string?[40].AsMemory()));
    }

    private static (ParquetSchema Schema, DataField Role, DataField Content) Messages()
    {
        var (role, content) = (new DataField<string>("role"), new DataField<string>("content"));
        return (new ParquetSchema(new ListField("messages", new StructField("element", role, content))), role, content);
    }
}
