using System.IO.Compression;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace Packages.Tests;

/// <summary>What the writer wrote reads back equal.</summary>
public class ParquetRoundTripTests
{
    private static readonly string?[] Texts =
        ["plain", "", null, "한국어 문장입니다.", "👩‍🔬🇰🇷 emoji", null, "line\nbreak\0nul", new string('x', 100_000)];

    public static TheoryData<CompressionMethod, CompressionLevel> Compressions => new()
    {
        { CompressionMethod.None, CompressionLevel.Optimal },
        { CompressionMethod.Snappy, CompressionLevel.Optimal },
        { CompressionMethod.Gzip, CompressionLevel.Fastest },
        { CompressionMethod.Gzip, CompressionLevel.SmallestSize },
        { CompressionMethod.Brotli, CompressionLevel.Fastest },
        { CompressionMethod.Zstd, CompressionLevel.Fastest },
        { CompressionMethod.Zstd, CompressionLevel.Optimal },
        { CompressionMethod.Zstd, CompressionLevel.SmallestSize },
        { CompressionMethod.Lz4Raw, CompressionLevel.Optimal },
    };

    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task Text_with_nulls(CompressionMethod method, CompressionLevel level)
    {
        var field = new DataField<string>("text");
        var options = new ParquetOptions { CompressionMethod = method, CompressionLevel = level };

        using var file = await ParquetFiles.WriteAsync(new ParquetSchema(field), group => group.WriteAsync(field, Texts), options);

        await using var reader = await ParquetReader.CreateAsync(file);
        Assert.Equal(Texts, await ParquetFiles.ReadTextAsync(reader, "text"));
        var chunk = reader.OpenRowGroupReader(0).GetMetadata(reader.Schema.FindDataField("text"))!.MetaData!;
        Assert.Equal((int)method, (int)chunk.Codec);
        Assert.Equal(Texts.Length, chunk.NumValues);
        Assert.Equal(method == CompressionMethod.None, file.Length > 100_000);
    }

    /// <summary>
    /// Noise grows under compression, repetition shrinks thousandfold, and the same noise comes again farther away than some codecs
    /// can point.
    /// </summary>
    [Theory]
    [MemberData(nameof(Compressions))]
    public async Task Noise_and_repetition(CompressionMethod method, CompressionLevel level)
    {
        var noise = new byte[200_000];
        new Random(7).NextBytes(noise);
        byte[]?[] values = [noise, null, [], new byte[3_000_000], noise[..9_000], new byte[100_000], noise[..9_000], [1]];
        var field = new DataField<byte[]>("bytes");
        var options = new ParquetOptions { CompressionMethod = method, CompressionLevel = level };

        using var file = await ParquetFiles.WriteAsync(new ParquetSchema(field), group => group.WriteAsync(field, values), options);

        await using var reader = await ParquetReader.CreateAsync(file);
        var read = new byte[]?[values.Length];
        await reader.OpenRowGroupReader(0).ReadAsync(reader.Schema.FindDataField("bytes"), read.AsMemory());
        Assert.All(values.Zip(read), pair => Assert.True(Same(pair.First, pair.Second)));
    }

    [Fact]
    public async Task Every_kind_of_number()
    {
        await Check<bool>([true, false, true, true, false, false, true, false, true]);
        await Check<sbyte>([sbyte.MinValue, -1, 0, sbyte.MaxValue]);
        await Check<byte>([0, 200, byte.MaxValue]);
        await Check<short>([short.MinValue, -1, short.MaxValue]);
        await Check<ushort>([0, ushort.MaxValue]);
        await Check<int>([int.MinValue, -1, 0, int.MaxValue]);
        await Check<uint>([0, uint.MaxValue]);
        await Check<long>([long.MinValue, -1, 0, long.MaxValue]);
        await Check<ulong>([0, ulong.MaxValue]);
        await Check<float>([float.MinValue, -0f, float.Epsilon, float.PositiveInfinity, float.NaN]);
        await Check<double>([double.MinValue, -0d, double.Epsilon, double.NegativeInfinity, double.NaN]);
    }

    [Fact]
    public async Task Row_groups_and_named_texts()
    {
        var prompt = new DataField<string>("prompt", nullable: false);
        var score = new DataField<double?>("score");
        using var file = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(prompt, score), file))
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["source"] = "시험", ["empty"] = "" };
            for (var i = 0; i < 3; i++)
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync(prompt, (string[])[$"{i}a", $"{i}b"]);
                await group.WriteAsync<double>(score, new double?[] { i, null }, customMetadata: new() { ["unit"] = "nats" });
            }
        }

        await using var reader = await ParquetReader.CreateAsync(file);

        Assert.Equal("시험", reader.CustomMetadata["source"]);
        Assert.Equal("", reader.CustomMetadata["empty"]);
        Assert.Equal((3, 6), (reader.RowGroupCount, reader.Metadata!.NumRows));
        for (var i = 0; i < 3; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var scores = new double?[2];
            await group.ReadAsync<double>(reader.Schema.FindDataField("score"), scores.AsMemory());
            Assert.Equal([i, null], scores);
            Assert.Equal([$"{i}a", $"{i}b"], await ParquetFiles.ReadTextAsync(reader, "prompt", i));
            Assert.Equal("nats", group.GetCustomMetadata(reader.Schema.FindDataField("score"))["unit"]);
        }
    }

    [Fact]
    public async Task Rows_are_appended()
    {
        var field = new DataField<string>("text");
        using var file = await ParquetFiles.WriteAsync(new ParquetSchema(field), group => group.WriteAsync(field, (string[])["one"]));
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), file, append: true))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(field, (string[])["two", "three"]);
        }

        await using var reader = await ParquetReader.CreateAsync(file);

        Assert.Equal((2, 3), (reader.RowGroupCount, reader.Metadata!.NumRows));
        Assert.Equal(["one"], await ParquetFiles.ReadTextAsync(reader, "text", 0));
        Assert.Equal(["two", "three"], await ParquetFiles.ReadTextAsync(reader, "text", 1));
        var other = new ParquetSchema(new DataField<int>("text"));
        await Assert.ThrowsAsync<ParquetException>(() => ParquetWriter.CreateAsync(other, file, append: true));
    }

    [Fact]
    public async Task A_row_group_without_rows()
    {
        var field = new DataField<string>("text");

        using var file = await ParquetFiles.WriteAsync(new ParquetSchema(field), group => group.WriteAsync(field, Array.Empty<string>()));

        await using var reader = await ParquetReader.CreateAsync(file);
        Assert.Empty(await ParquetFiles.ReadTextAsync(reader, "text"));
    }

    [Fact]
    public async Task A_stream_that_cannot_seek()
    {
        var field = new DataField<string>("text");
        using var target = new MemoryStream();
        await using (var oneWay = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), oneWay))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(field, Texts);
        }

        target.Position = 0;
        using var file = new MemoryStream();
        await new GZipStream(target, CompressionMode.Decompress).CopyToAsync(file);

        await using var reader = await ParquetReader.CreateAsync(file);
        Assert.Equal(Texts, await ParquetFiles.ReadTextAsync(reader, "text"));
    }

    private static bool Same(byte[]? left, byte[]? right) =>
        left is null ? right is null : right is not null && left.AsSpan().SequenceEqual(right);

    private static async Task Check<T>(T[] values) where T : struct
    {
        var plain = new DataField<T>("plain");
        var optional = new DataField<T?>("optional");
        var spread = values.SelectMany(value => (T?[])[value, null]).Take(values.Length).ToArray();

        using var file = await ParquetFiles.WriteAsync(new ParquetSchema(plain, optional), async group =>
        {
            await group.WriteAsync<T>(plain, values);
            await group.WriteAsync<T>(optional, spread);
        });

        await using var reader = await ParquetReader.CreateAsync(file);
        Assert.Equal([plain, optional], reader.Schema.DataFields);
        var (readPlain, readOptional) = (new T[values.Length], new T?[values.Length]);
        using var rows = reader.OpenRowGroupReader(0);
        await rows.ReadAsync<T>(reader.Schema.DataFields[0], readPlain.AsMemory());
        await rows.ReadAsync<T>(reader.Schema.DataFields[1], readOptional.AsMemory());
        Assert.Equal(values, readPlain);
        Assert.Equal(spread, readOptional);
    }
}
