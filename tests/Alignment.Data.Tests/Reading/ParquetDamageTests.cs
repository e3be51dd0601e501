using System.Buffers.Binary;
using Parquet;
using Parquet.Schema;

namespace Alignment.Data.Tests.Reading;

/// <summary>Files that promise what they don't hold: each is refused in words that say what, before memory is taken and before the package reads on for ever.</summary>
[Collection(RunsAlone.Name)]
public sealed class ParquetDamageTests : IDisposable
{
    private const int Int32 = 5, Text = 8, List = 9, Structure = 12;

    private readonly DataFolder _folder = new();

    // A field's first byte is the step from the field before, then its type: version 1 is 15 02, the metadata end with 00.
    public static TheoryData<byte[], string> Footers => new()
    {
        { [0x15, 0x80], "it ends too early" },                                                                // a number without an end
        { [0x15, 0x02], "it ends too early" },                                                                // no end of the structure
        { [0x15, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 0x00], "a number has more than 64 bits" },
        { [0x15, 0x80, 0x80, 0x80, 0x80, 0x20, 0x00], "4294967296 has more than 32 bits" },
        { [0x68, 0xFF, 0xFF, 0xFF, 0x48, 0x00], "a text of FileMetaData would have 153092095 parts in 1 bytes" },
        { [0x29, 0xFC, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x00], "a list of FileMetaData would have 2147483647 parts in 1 bytes" },
        { [0x16, 0x02, 0x00], "field 1 of FileMetaData is of type 6, not 5" },
        { [0x29, 0x15, 0x02, 0x00], "field 2 of FileMetaData is a list of type 5, not 12" },
        { [0x05, 0x50, 0x02, 0x0C, 0x52, 0x00, 0x00], "FileMetaData has a field 41 of type 12" },
        { [0x09, 0x50, 0x1C, 0x00, 0x00], "FileMetaData has a field 40 of type 12" },
        { [0x29, 0x1C, 0x38, 0x05, 0x61, 0x00, 0x00], "field 3 of SchemaElement is of type 8, not 5" },
        { [0x29, 0x1C, 0x48, 0x05, 0x61, 0x00, 0x00], "a text of SchemaElement would have 5 parts in 3 bytes" },
        { [0x07, 0x50, 0x00, 0x00], "FileMetaData ends too early" },                                          // a double of two bytes
    };

    [Theory]
    [MemberData(nameof(Footers))]
    public async Task A_damaged_end_of_the_file(byte[] footer, string expected)
    {
        var path = WithFooter(footer, footer.Length);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Equal($"'{path}' is not a Parquet file that can be read: its metadata is damaged: {expected}.", await DataFolder.ErrorAsync(path));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 4 << 20);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(14)]
    public async Task An_end_longer_than_the_file(int length)
    {
        var path = WithFooter([0x00], length);
        Assert.Equal($"'{path}' is not a Parquet file that can be read: its metadata would be {length} bytes of 13.", await DataFolder.ErrorAsync(path));
    }

    [Fact]
    public async Task A_schema_of_too_many_elements()
    {
        // Structures of a name alone: 48 01 61 00.
        byte[] footer = [0x29, 0xFC, 0x88, 0x27, .. Enumerable.Repeat((byte[])[0x48, 0x01, 0x61, 0x00], 5000).SelectMany(bytes => bytes), 0x00];
        var path = WithFooter(footer, footer.Length);
        Assert.Equal($"'{path}' is not a Parquet file that can be read: its schema has 5000 elements, more than 4096.", await DataFolder.ErrorAsync(path));
    }

    /// <summary>What a later version of the format may add: fields 40 to 43, which are a number, a text, a list of numbers and a flag.</summary>
    [Fact]
    public async Task Fields_that_are_not_known_are_passed_over()
    {
        var bytes = await File.ReadAllBytesAsync(await PairsAsync(CompressionMethod.None));
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 8));
        byte[] more = [Int32, 0x50, 0x7F, 0x10 + Text, 2, 0xFF, 0xFF, 0x10 + List, 0x20 + Int32, 1, 2, 0x11, 0x00];
        byte[] file = [.. bytes[..^9], .. more, .. BitConverter.GetBytes(length + more.Length - 1), .. "PAR1"u8];
        Assert.Equal(3, (await DataFolder.AllAsync(PreferenceReader.ReadAsync(_folder.Bytes("more.parquet", file)))).Count);
    }

    /// <summary>In the header of the first page the plain size becomes 1,073,741,823.</summary>
    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Lz4Raw)]
    public async Task A_page_that_promises_more_than_it_can_hold(CompressionMethod method)
    {
        // Field 1 is the kind, 2 the plain size: 15 kind 15 size.
        await RefusedAsync(method, (bytes, page) => [.. bytes[..(page + 3)], 0xFE, 0xFF, 0xFF, 0xFF, 0x07, .. bytes[(page + 3 + Digits(bytes, page + 3))..]],
            "a page promises 1073741823 bytes in [0-9]+");
    }

    /// <summary>In the compressed data themselves: Snappy begins with a length, Zstandard with a frame's header of 4 bytes, what it is made of, and a length.</summary>
    [Fact]
    public async Task Compressed_data_that_promise_more_than_they_can_hold()
    {
        await RefusedAsync(CompressionMethod.Snappy, (bytes, page) =>
        {
            var data = DataOf(bytes, page);
            return [.. bytes[..data], 0xFF, 0xFF, 0xFF, 0xFF, 0x03, .. bytes[(data + 5)..]];
        }, "a page promises 1073741823 bytes in [0-9]+");
        await RefusedAsync(CompressionMethod.Zstd, (bytes, page) =>
        {
            var data = DataOf(bytes, page);
            return [.. bytes[..data], 0x28, 0xB5, 0x2F, 0xFD, 0xA0, 0xFF, 0xFF, 0xFF, 0x7F, .. bytes[(data + 9)..]];
        }, "a page promises 2147483647 bytes in [0-9]+");
    }

    [Fact]
    public async Task A_page_longer_than_the_file()
    {
        await RefusedAsync(CompressionMethod.None, (bytes, page) =>
        {
            var size = page + 3 + Digits(bytes, page + 3) + 1;   // 15 kind 15 plain 15 size
            return [.. bytes[..size], 0xFE, 0xFF, 0xFF, 0xFF, 0x07, .. bytes[(size + Digits(bytes, size))..]];
        }, "a page of 1073741823 bytes would end at byte [0-9]+ of [0-9]+");
    }

    /// <summary>The numbers of rows and values are 30 where there are 3: reading would go on in the next columns' pages, and then in what follows them.</summary>
    [Fact]
    public async Task Fewer_values_than_the_file_says()
    {
        var path = await PairsAsync(CompressionMethod.None);
        var bytes = await File.ReadAllBytesAsync(path);
        var footer = bytes.Length - 8 - BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 8));
        for (var at = footer; at < bytes.Length - 8; at++)
            if (bytes[at - 1] == 0x16 && bytes[at] == 6) bytes[at] = 60;   // 3 and 30 in zigzag
        await File.WriteAllBytesAsync(path, bytes);
        Assert.Matches($"^'{path}', row group 0, column 'prompt' can't be read: .+$", await DataFolder.ErrorAsync(path));
    }

    public void Dispose() => _folder.Dispose();

    private async Task RefusedAsync(CompressionMethod method, Func<byte[], int, byte[]> damage, string expected)
    {
        var path = await PairsAsync(method);
        var chunk = await FirstAsync(path);
        var bytes = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, damage(bytes, (int)(chunk.DictionaryPageOffset is > 0 and var dictionary ? dictionary : chunk.DataPageOffset)));
        var before = GC.GetTotalAllocatedBytes();
        Assert.Matches($"^'{path}'(, row group 0, column 'prompt' can't be read| is not a Parquet file that can be read): {expected}\\.$", await DataFolder.ErrorAsync(path));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 16 << 20);
    }

    private static async Task<Parquet.Meta.ColumnMetaData> FirstAsync(string path)
    {
        await using var reader = await ParquetReader.CreateAsync(path);
        return reader.Metadata!.RowGroups[0].Columns[0].MetaData!;
    }

    // Where the page's data begin: its header is gone through by hand, numbers and nested structures of them.
    private static int DataOf(byte[] bytes, int at)
    {
        for (var depth = 1; depth > 0;)
        {
            var type = bytes[at] & 15;
            var end = bytes[at++] == 0;
            if (end) depth--;
            else if (type == Structure) depth++;
            else if (type == Text) at += 1 + bytes[at];
            else if (type is not (1 or 2)) at += Digits(bytes, at);
        }
        return at;
    }

    private static int Digits(byte[] bytes, int at) => bytes.AsSpan(at).IndexOfAnyInRange((byte)0, (byte)0x7F) + 1;

    private string WithFooter(byte[] footer, int length) => _folder.Bytes("end.parquet", [.. "PAR1"u8, .. footer, .. BitConverter.GetBytes(length), .. "PAR1"u8]);

    private Task<string> PairsAsync(CompressionMethod method) => _folder.TextsAsync("pairs.parquet", 3, new ParquetOptions { CompressionMethod = method },
        ("prompt", [new string('a', 100), "bb", "c"]), ("chosen", ["1", "2", "3"]), ("rejected", ["x", "y", "z"]));
}
