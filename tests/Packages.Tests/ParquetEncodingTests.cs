using Parquet;
using Parquet.Schema;
using Xunit;

namespace Packages.Tests;

/// <summary>
/// Encodings that the writer does not use, as bytes worked out in the format's Encodings.md. They take the place of a plain page.
/// </summary>
public class ParquetEncodingTests
{
    /// <summary>Blocks of 128 in 4 parts.</summary>
    private static readonly byte[] Blocks = [0x80, 0x01, 0x04];

    /// <summary>7, 5, 3, 1, 2, 3, 4, 5 is 7 and the differences -2 -2 -2 1 1 1 1, that is, -2 and 0 0 0 3 3 3 3 in two bits each.</summary>
    [Fact]
    public async Task Integers_by_differences()
    {
        byte[] page = [.. Blocks, 8, 14, 3, 2, 0, 0, 0, 0b1100_0000, 0b0011_1111, 0, 0, 0, 0, 0, 0];
        var field = new DataField<int>("n");
        using var file = await PlainAsync(field, group => group.WriteAsync<int>(field, Enumerable.Repeat(0x7e7e7e7e, 8).ToArray()));
        Repage(file, plain: [.. Enumerable.Repeat((byte)0x7e, 32)], page, count: 8, encoding: 5);
        await using var reader = await ParquetReader.CreateAsync(file);
        var values = new int[8];

        await reader.OpenRowGroupReader(0).ReadAsync<int>(reader.Schema.DataFields[0], values.AsMemory());

        Assert.Equal([7, 5, 3, 1, 2, 3, 4, 5], values);
    }

    /// <summary>The lengths 5 5 6 6 stand in front: differences 0 1 0 in one bit each, 0 the smallest.</summary>
    [Fact]
    public async Task Texts_after_their_lengths()
    {
        byte[] page = [.. Blocks, 4, 10, 0, 1, 0, 0, 0, 0b010, 0, 0, 0, .. "HelloWorldFoobarABCDEF"u8];

        Assert.Equal(["Hello", "World", "Foobar", "ABCDEF"], await TextsAsync(page, encoding: 6));
    }

    /// <summary>
    /// axis, axle, babble, babyhood share prefixes of 0 2 0 3 (differences 2 -2 3, that is, -2 and 4 0 5 in three bits each); the
    /// rests are 4 2 6 5 long (differences -2 4 -1, that is, -2 and 0 6 1).
    /// </summary>
    [Fact]
    public async Task Texts_after_shared_prefixes()
    {
        byte[] page =
        [
            .. Blocks, 4, 0, 3, 3, 0, 0, 0, 0b01_000_100, 0b1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            .. Blocks, 4, 8, 3, 3, 0, 0, 0, 0b01_110_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            .. "axislebabbleyhood"u8,
        ];

        Assert.Equal(["axis", "axle", "babble", "babyhood"], await TextsAsync(page, encoding: 7));
    }

    private static async Task<List<string?>> TextsAsync(byte[] page, byte encoding)
    {
        var field = new DataField<string>("text", nullable: false);
        var placeholder = new string('~', 20);
        using var file = await PlainAsync(field, group => group.WriteAsync(field, Enumerable.Repeat(placeholder, 4).ToArray()));
        byte[] plain = [.. Enumerable.Repeat((byte[])[20, 0, 0, 0, .. Enumerable.Repeat((byte)'~', 20)], 4).SelectMany(value => value)];
        Repage(file, plain, page, count: 4, encoding);
        await using var reader = await ParquetReader.CreateAsync(file);
        return await ParquetFiles.ReadTextAsync(reader, "text");
    }

    private static Task<MemoryStream> PlainAsync(DataField field, Func<ParquetRowGroupWriter, Task> write) =>
        ParquetFiles.WriteAsync(new ParquetSchema(field), write, new ParquetOptions { CompressionMethod = CompressionMethod.None });

    /// <summary>Puts <paramref name="page"/> over the plain page and its encoding into the page's header.</summary>
    private static void Repage(MemoryStream file, byte[] plain, byte[] page, byte count, byte encoding)
    {
        var bytes = file.GetBuffer().AsSpan(0, (int)file.Length);

        // Number of values, encoding plain, levels run-length twice; integers are written as twice their value.
        byte[] header = [0x15, (byte)(2 * count), 0x15, 0, 0x15, 6, 0x15, 6];
        var start = bytes.IndexOf(header);
        var data = start + header.Length + bytes[(start + header.Length)..].IndexOf(plain);
        Assert.True(start > 0 && data > start + header.Length && page.Length <= plain.Length);
        bytes[start + 3] = (byte)(2 * encoding);
        bytes.Slice(data, plain.Length).Clear();
        page.CopyTo(bytes[data..]);
    }
}
