using System.Buffers.Binary;
using System.Globalization;
using Parquet.Meta;

namespace Alignment.Data.Reading;

/// <summary>Goes through the headers of a column's pages in a row group and refuses sizes that the bytes of the file could not fill.</summary>
/// <remarks>
/// The package takes memory by three numbers that a few damaged bytes make as large as they like: the plain size in a page's header, the one that Snappy and
/// Zstandard write before their data, and the entries of a dictionary.
/// </remarks>
internal static class ParquetPages
{
    // So much a page is believed for nothing.
    private const long FreeBytes = 8 << 20;

    /// <summary>Checks the pages up to the chunk's last value.</summary>
    /// <returns>The place in the file after the last of them.</returns>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    public static long Check(Stream file, ColumnMetaData chunk)
    {
        long[] places = [chunk.DictionaryPageOffset ?? 0, chunk.DataPageOffset, chunk.IndexPageOffset ?? 0];
        var next = places.Where(place => place != 0).DefaultIfEmpty(-1).Min();
        for (var values = 0L; values < chunk.NumValues;)
        {
            if (next < 0 || next >= file.Length) throw Damaged($"its pages end at byte {next} of {file.Length}, with {values} of {chunk.NumValues} values");
            file.Position = next;
            var page = new ParquetPage(file);
            next = file.Position + page.Size;
            if (page.Size < 0 || next > file.Length) throw Damaged($"a page of {page.Size} bytes would end at byte {next} of {file.Length}");
            if (page.PlainSize < 0) throw Damaged($"a page promises {page.PlainSize} bytes");
            if (page.LevelSize < 0 || page.LevelSize > page.Size) throw Damaged($"a page of {page.Size} bytes promises {page.LevelSize} of levels");
            var plain = Math.Max(page.PlainSize, Promise(file, chunk.Codec, page));
            if (plain > FreeBytes + Most(chunk.Codec) * page.Size) throw Damaged($"a page promises {plain} bytes in {page.Size}");
            if (page.Entries is < 0 || page.Entries > plain) throw Damaged($"a dictionary promises {page.Entries} entries in {plain} bytes");
            if (page.Values is < 0 || page.Values > chunk.NumValues) throw Damaged($"a page has {page.Values} of {chunk.NumValues} values");
            values += page.Values ?? 0;
        }
        return next;
    }

    // Plain bytes that a compressed byte can stand for: a copy of 64 bytes in 3, of 258 in 2 bits, of 255 a byte, runs of 128 KiB in 4 bytes.
    private static long Most(CompressionCodec codec) => codec switch
    {
        CompressionCodec.UNCOMPRESSED => 1,
        CompressionCodec.SNAPPY => 32,
        CompressionCodec.GZIP => 1032,
        CompressionCodec.LZ4 or CompressionCodec.LZ4_RAW => 255,
        _ => 1 << 16,
    };

    /// <summary>How many bytes the compressed data themselves say that they stand for; 0 where they don't.</summary>
    private static long Promise(Stream file, CompressionCodec codec, ParquetPage page)
    {
        Span<byte> start = stackalloc byte[18];   // the longest header of a frame of Zstandard
        file.Seek(page.LevelSize, SeekOrigin.Current);
        start = start[..file.ReadAtLeast(start, (int)Math.Min(start.Length, page.Size - page.LevelSize), throwOnEndOfStream: false)];
        return codec switch
        {
            CompressionCodec.SNAPPY => SnappyPromise(start),
            CompressionCodec.ZSTD => ZstandardPromise(start),
            _ => 0,
        };
    }

    // A varint of up to 5 bytes.
    private static long SnappyPromise(ReadOnlySpan<byte> start)
    {
        var length = 0L;
        for (var i = 0; i < Math.Min(5, start.Length); i++)
        {
            length |= (start[i] & 0x7FL) << (7 * i);
            if (start[i] < 0x80) break;
        }
        return length;
    }

    // RFC 8878, 3.1.1.1: a magic number, a descriptor, a window unless there is one segment, a dictionary's number, the content's size.
    private static long ZstandardPromise(ReadOnlySpan<byte> start)
    {
        if (start.Length < 6 || BinaryPrimitives.ReadUInt32LittleEndian(start) != 0xFD2FB528) return 0;
        var single = (start[4] & 0x20) != 0;
        var at = 5 + (single ? 0 : 1) + (start[4] & 3) switch { 3 => 4, var bytes => bytes };
        var size = (start[4] >> 6) switch { 0 => single ? 1 : 0, 1 => 2, 2 => 4, _ => 8 };
        if (at + size > start.Length) return 0;
        Span<byte> content = stackalloc byte[8];
        content.Clear();
        start.Slice(at, size).CopyTo(content);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(content) + (size == 2 ? 256UL : 0);
        return value <= long.MaxValue ? (long)value : long.MaxValue;
    }

    private static InvalidDataException Damaged(FormattableString what) => new(what.ToString(CultureInfo.InvariantCulture) + ".");
}
