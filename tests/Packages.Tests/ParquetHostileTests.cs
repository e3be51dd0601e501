using System.Buffers.Binary;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace Packages.Tests;

/// <summary>
/// Damaged files end in an exception, soon and without memory that the file could not fill. Most of this is the stand-in's own promise.
/// </summary>
[Collection(RunsAlone.Name)]
public class ParquetHostileTests
{
    /// <summary>What a small file may make a reader allocate; its buffers of 64 KiB and the values of a few rows are far below.</summary>
    private const long Plausible = 64L << 20;

    public static TheoryData<string> Files => ["preference_conversational.parquet", "preference_margin.parquet", "unpaired.parquet"];

    [Theory]
    [InlineData("")]
    [InlineData("PAR1")]
    [InlineData("PAR1PAR1")]
    [InlineData("{\"prompt\": \"a\", \"chosen\": \"b\", \"rejected\": \"c\"}")]
    public async Task Something_else_is_no_parquet_file(string content)
    {
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));

        await Assert.ThrowsAnyAsync<IOException>(() => ParquetReader.CreateAsync(file));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task The_wrong_magic_at_either_end(int place)
    {
        var bytes = await File.ReadAllBytesAsync(ParquetFiles.Golden("preference.parquet"));
        bytes[place < 0 ? bytes.Length + place : place]++;

        await Assert.ThrowsAnyAsync<IOException>(() => ParquetReader.CreateAsync(new MemoryStream(bytes)));
    }

    [Fact]
    public async Task A_file_that_is_not_there()
    {
        await Assert.ThrowsAsync<FileNotFoundException>(() => ParquetReader.CreateAsync(ParquetFiles.Golden("nowhere.parquet")));
    }

    [StandInTheory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(100_000)]
    public async Task A_footer_of_absurd_length(int length)
    {
        var bytes = await File.ReadAllBytesAsync(ParquetFiles.Golden("preference.parquet"));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(bytes.Length - 8), length);

        Assert.NotNull(await Record.ExceptionAsync(() => ReadAllAsync(bytes)));
    }

    [StandInTheory]
    [MemberData(nameof(Files))]
    public async Task A_file_cut_anywhere(string name)
    {
        var bytes = await File.ReadAllBytesAsync(ParquetFiles.Golden(name));
        for (var length = 0; length < bytes.Length; length += 7)
        {
            AssertDamaged(await Record.ExceptionAsync(() => ReadAllAsync(bytes[..length])));
        }
    }

    /// <summary>The middle is missing, so that the footer's offsets lead into the wrong pages or past the end.</summary>
    [StandInTheory]
    [MemberData(nameof(Files))]
    public async Task A_file_without_its_middle(string name)
    {
        var bytes = await File.ReadAllBytesAsync(ParquetFiles.Golden(name));
        for (var missing = 1; missing < 400; missing += 13)
        {
            byte[] damaged = [.. bytes[..4], .. bytes[(4 + missing)..]];
            AssertDamaged(await Record.ExceptionAsync(() => ReadAllAsync(damaged)));
        }
    }

    /// <summary>
    /// Any bytes at any place. Many such files still read, as other text; the rest end in an exception that names the damage, never
    /// in one that betrays a slip such as a null reference.
    /// </summary>
    [StandInTheory]
    [MemberData(nameof(Files))]
    public async Task A_file_with_wrong_bytes(string name)
    {
        var original = await File.ReadAllBytesAsync(ParquetFiles.Golden(name));
        var random = new Random(11);
        for (var trial = 0; trial < 1500; trial++)
        {
            var bytes = (byte[])original.Clone();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                bytes[random.Next(4, bytes.Length - 4)] = (byte)(random.Next(3) == 0 ? 255 : random.Next(256));
            }

            var before = GC.GetTotalAllocatedBytes();
            var error = await Record.ExceptionAsync(() => ReadAllAsync(bytes));
            AssertDeliberate(error, GC.GetTotalAllocatedBytes() - before);
        }
    }

    /// <summary>A page of 1 MiB whose header claims 128 MiB, of compressed data or of plain.</summary>
    [StandInTheory]
    [InlineData(CompressionMethod.None, true)]
    [InlineData(CompressionMethod.None, false)]
    [InlineData(CompressionMethod.Snappy, false)]
    [InlineData(CompressionMethod.Gzip, false)]
    [InlineData(CompressionMethod.Brotli, false)]
    [InlineData(CompressionMethod.Zstd, false)]
    [InlineData(CompressionMethod.Lz4Raw, false)]
    public async Task A_page_of_absurd_size(CompressionMethod method, bool compressed)
    {
        var field = new DataField<string>("text", nullable: false);
        using var file = await ParquetFiles.WriteAsync(
            new ParquetSchema(field),
            group => group.WriteAsync(field, (string[])[new string('x', 2_000_000)]),
            new ParquetOptions { CompressionMethod = method, CompressionLevel = System.IO.Compression.CompressionLevel.Fastest });
        var start = (int)(await ReadMetadataAsync(file)).RowGroups[0].Columns[0].MetaData!.DataPageOffset;
        var bytes = file.ToArray();

        // The header begins with its kind and the plain and compressed sizes, here four bytes long each.
        Assert.Equal([0x15, 0, 0x15], bytes[start..(start + 3)]);
        byte[] absurd = [0xfe, 0xff, 0xff, 0x7f];
        absurd.CopyTo(bytes, start + (compressed ? 8 : 3));

        var before = GC.GetTotalAllocatedBytes();
        var error = await Record.ExceptionAsync(() => ReadAllAsync(bytes));

        AssertDeliberate(error, GC.GetTotalAllocatedBytes() - before);
        if (compressed)
        {
            AssertDamaged(error);
        }
    }

    /// <summary>Every codec is given noise, zeros and half of its own page.</summary>
    [StandInTheory]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Lz4Raw)]
    public async Task Bad_compressed_data(CompressionMethod method)
    {
        var field = new DataField<string>("text", nullable: false);
        var texts = Enumerable.Range(0, 200).Select(i => $"{i} and {i * i} and so on").ToArray();
        using var file = await ParquetFiles.WriteAsync(
            new ParquetSchema(field), group => group.WriteAsync(field, texts), new ParquetOptions { CompressionMethod = method });
        var chunk = (await ReadMetadataAsync(file)).RowGroups[0].Columns[0].MetaData!;
        var end = (int)(chunk.DataPageOffset + chunk.TotalCompressedSize);
        var noise = new Random(5);
        for (var trial = 0; trial < 300; trial++)
        {
            var bytes = file.ToArray();
            var half = bytes.AsSpan(end - 400, 400);
            switch (trial % 3)
            {
                case 0:
                    noise.NextBytes(half);
                    break;
                case 1:
                    half[noise.Next(400)..].Clear();
                    break;
                default:
                    half[noise.Next(400)] ^= (byte)(1 << noise.Next(8));
                    break;
            }

            var before = GC.GetTotalAllocatedBytes();
            var error = await Record.ExceptionAsync(() => ReadAllAsync(bytes));
            AssertDeliberate(error, GC.GetTotalAllocatedBytes() - before);
            if (trial % 3 == 0)
            {
                AssertDamaged(error);
            }
        }
    }

    private static void AssertDamaged(Exception? error) => Assert.NotNull(error);

    private static void AssertDeliberate(Exception? error, long allocated)
    {
        var slip = error is NullReferenceException or IndexOutOfRangeException or ArgumentOutOfRangeException or InvalidCastException
            or OverflowException or OutOfMemoryException;
        Assert.False(slip, error?.ToString());
        Assert.True(allocated < Plausible, $"{allocated} bytes were allocated.");
    }

    private static async Task<Parquet.Meta.FileMetaData> ReadMetadataAsync(Stream file)
    {
        await using var reader = await ParquetReader.CreateAsync(file);
        return reader.Metadata!;
    }

    /// <summary>Reads every column, except where a count is so large that the caller would refuse it.</summary>
    private static async Task ReadAllAsync(byte[] bytes)
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(bytes));
        foreach (var group in reader.RowGroups)
        {
            foreach (var field in reader.Schema.DataFields)
            {
                if (group.GetMetadata(field)?.MetaData?.NumValues is not (>= 0 and <= 10_000 and var count))
                {
                    throw new InvalidDataException("The caller checks counts before it makes buffers.");
                }

                var (definitions, repetitions) = (new int[count], new int[count]);
                await (field.ClrType == typeof(double) ? group.ReadRawAsync<double>(field, new double[count], definitions, repetitions)
                    : field.ClrType == typeof(bool) ? group.ReadRawAsync<bool>(field, new bool[count], definitions, repetitions)
                    : group.ReadRawAsync<ReadOnlyMemory<char>>(field, new ReadOnlyMemory<char>[count], definitions, repetitions));
            }
        }
    }
}
