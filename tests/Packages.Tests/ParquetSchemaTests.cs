using Parquet;
using Parquet.Schema;
using Xunit;

namespace Packages.Tests;

/// <summary>Paths, levels and types of declared fields, and what readers and writers refuse.</summary>
public class ParquetSchemaTests
{
    [Fact]
    public void Levels_count_what_may_be_absent_and_what_repeats()
    {
        var flat = new DataField<int>("flat");
        var optional = new DataField<int?>("optional");
        var nested = new DataField<string>("content");
        var schema = new ParquetSchema(flat, optional, new ListField("turns", new StructField("element", nested)));

        Assert.Equal([flat, optional, nested], schema.DataFields);
        Assert.Equal((0, 0), (flat.MaxRepetitionLevel, flat.MaxDefinitionLevel));
        Assert.Equal((0, 1), (optional.MaxRepetitionLevel, optional.MaxDefinitionLevel));
        Assert.Equal((1, 4), (nested.MaxRepetitionLevel, nested.MaxDefinitionLevel));
        Assert.Equal("turns/list/element/content", nested.Path.ToString());
        Assert.Equal(new FieldPath("turns", "list", "element", "content"), nested.Path);
        Assert.Equal(5, schema.Flatten().Count);
    }

    [Fact]
    public void Types_say_what_is_optional()
    {
        Assert.True(new DataField<string>("text").IsNullable);
        Assert.False(new DataField<string>("text", nullable: false).IsNullable);
        Assert.True(new DataField<byte[]>("bytes").IsNullable);
        Assert.False(new DataField<double>("number").IsNullable);
        Assert.True(new DataField<double?>("number").IsNullable);
        Assert.Equal(typeof(double), new DataField<double?>("number").ClrType);
        Assert.Equal(typeof(ReadOnlyMemory<char>), new DataField<string>("text").ClrType);
        Assert.True(new DataField("numbers", typeof(List<int>)).IsArray);
        Assert.Throws<NotSupportedException>(() => new DataField<Uri>("address"));
    }

    [Fact]
    public void Columns_are_found_by_path()
    {
        var text = new DataField<string>("a.b");
        var schema = new ParquetSchema(text, new StructField("a", new DataField<string>("b")));

        Assert.Same(text, schema.FindDataField("a.b"));
        Assert.Equal("a/b", schema.FindDataField(new FieldPath("a", "b")).Path.ToString());
        Assert.Throws<ArgumentException>(() => schema.FindDataField("a/b"));
    }

    [Fact]
    public async Task A_reader_refuses_what_does_not_fit()
    {
        await using var reader = await ParquetReader.CreateAsync(ParquetFiles.Golden("preference.parquet"));
        using var group = reader.OpenRowGroupReader(0);
        var prompt = reader.Schema.FindDataField("prompt");
        var missing = new ParquetSchema(new DataField<string>("missing")).DataFields[0];

        Assert.True(group.ColumnExists(prompt));
        Assert.False(group.ColumnExists(missing));
        Assert.Null(group.GetMetadata(missing));
        await Assert.ThrowsAsync<ParquetException>(async () => await group.ReadAsync(missing, new string?[40].AsMemory()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await group.ReadAsync(prompt, new string?[39].AsMemory()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await group.ReadAsync<int>(prompt, new int[40].AsMemory()));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await group.ReadRawAsync<ReadOnlyMemory<char>>(prompt, new ReadOnlyMemory<char>[40], null, null));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await group.ReadAsync(new DataField<string>("prompt"), new string?[40].AsMemory()));
    }

    [Fact]
    public async Task A_writer_refuses_what_does_not_fit()
    {
        var (first, second) = (new DataField<int>("first"), new DataField<int?>("second"));
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(first, second), new MemoryStream());
        var group = writer.CreateRowGroup();

        await Assert.ThrowsAsync<ArgumentException>(() => group.WriteAsync<int>(second, (int?[])[1, 2]));
        await Assert.ThrowsAsync<ArgumentException>(() => group.WriteAsync<long>(first, (long[])[1, 2]));
        await Assert.ThrowsAsync<ArgumentException>(() => group.WriteAsync<int>(new DataField<int>("first"), (int[])[1, 2]));
        await group.WriteAsync<int>(first, (int[])[1, 2]);
        Assert.Throws<InvalidOperationException>(group.CompleteValidate);
        await Assert.ThrowsAsync<InvalidOperationException>(() => group.WriteAsync<int>(second, (int[])[1, 2]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => ParquetWriter.CreateAsync(null!, new MemoryStream()));
    }

    [Fact]
    public async Task Rows_must_agree()
    {
        var (first, second) = (new DataField<int>("first"), new DataField<int>("second"));
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(first, second), new MemoryStream());
        var group = writer.CreateRowGroup();
        await group.WriteAsync<int>(first, (int[])[1, 2]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => group.WriteAsync<int>(second, (int[])[1]));
    }

    /// <summary>Fields 40 to 43 at the end of the metadata, as a later version of the format may have: a number, bytes, a list of numbers and a flag.</summary>
    [Fact]
    public async Task Fields_of_the_metadata_that_are_not_known_are_passed_over()
    {
        var field = new DataField<string>("text");
        var file = (await ParquetFiles.WriteAsync(new ParquetSchema(field), group => group.WriteAsync(field, (string?[])["a", null, "b"]))).ToArray();
        var length = BitConverter.ToInt32(file.AsSpan(file.Length - 8));
        byte[] more = [0x05, 80, 0x7F, 0x18, 2, 0xFF, 0xFF, 0x19, 0x25, 1, 2, 0x11, 0x00];
        byte[] longer = [.. file[..^9], .. more, .. BitConverter.GetBytes(length + more.Length - 1), .. "PAR1"u8];

        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(longer));

        Assert.Equal(["a", null, "b"], await ParquetFiles.ReadTextAsync(reader, "text"));
    }
}
