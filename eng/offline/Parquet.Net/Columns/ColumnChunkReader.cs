using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Parquet.Codecs;
using Parquet.Encodings;
using Parquet.Meta;
using Parquet.Meta.Proto;
using Parquet.Schema;

namespace Parquet.Columns;

/// <summary>Reads one column of one row group, page by page, into the caller's buffers.</summary>
internal sealed class ColumnChunkReader<T>(Stream stream, SchemaNode column, ColumnMetaData chunk, ColumnTarget<T> target)
    where T : struct
{
    private readonly ColumnType<T> _type = ColumnTypes.Of<T>();
    private byte[] _compressed = [];
    private byte[] _plain = [];
    private T[]? _dictionary;

    public async ValueTask ReadAsync(CancellationToken cancellationToken)
    {
        if (!_type.Holds(column.Element) || chunk.Type != column.Element.Type)
        {
            throw new ParquetException($"Column {column.Path} is stored as {chunk.Type}, which is not {typeof(T)}.");
        }

        // Offsets of the dictionary and of the data are not reliable one by one; pages follow each other from the first.
        var offset = new[] { chunk.DictionaryPageOffset ?? 0, chunk.DataPageOffset, chunk.IndexPageOffset ?? 0 }
            .Where(start => start != 0).DefaultIfEmpty(0).Min();
        while (target.Left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (offset < Footer.Magic.Length || offset >= stream.Length)
            {
                throw new ParquetException($"Column {column.Path} is damaged: its pages end {target.Left} values too early.");
            }

            stream.Position = offset;
            var header = (PageHeader)new ThriftReader(stream).ReadStruct(ThriftShape.OfPage);
            offset = stream.Position;
            if (header.CompressedPageSize < 0 || header.UncompressedPageSize < 0 || header.CompressedPageSize > stream.Length - offset)
            {
                throw new ParquetException(
                    $"Column {column.Path} is damaged: a page of {header.CompressedPageSize} bytes, {stream.Length - offset} left.");
            }

            PageBuffer.Reserve(ref _compressed, header.CompressedPageSize);
            var page = new ArraySegment<byte>(_compressed, 0, header.CompressedPageSize);
            await stream.ReadExactlyAsync(page, cancellationToken).ConfigureAwait(false);
            offset += header.CompressedPageSize;
            Read(header, page);
        }
    }

    private void Read(PageHeader header, ArraySegment<byte> page)
    {
        switch (header)
        {
            case { Type: PageType.DICTIONARY_PAGE, DictionaryPageHeader: { } dictionary }:
                ReadDictionary(Decompress(page, header.UncompressedPageSize), dictionary.NumValues);
                break;
            case { Type: PageType.DATA_PAGE, DataPageHeader: { } first }:
                ReadPage(Decompress(page, header.UncompressedPageSize), first);
                break;
            case { Type: PageType.DATA_PAGE_V2, DataPageHeaderV2: { } second }:
                ReadPage(page, second, header.UncompressedPageSize);
                break;
            case { Type: PageType.INDEX_PAGE }:
                break;
            default:
                throw new ParquetException($"Column {column.Path} is damaged: a page of kind {header.Type} without its header.");
        }
    }

    private void ReadDictionary(ReadOnlySpan<byte> page, int count)
    {
        if (_dictionary is not null || count < 0 || (long)count * _type.SmallestBits(column.Element) > 8L * page.Length)
        {
            throw new ParquetException($"Column {column.Path} is damaged: a dictionary of {count} values in {page.Length} bytes.");
        }

        var bytes = new ByteReader(page);
        _dictionary = new T[count];
        _type.Decode(ref bytes, _dictionary, column.Element);
    }

    /// <summary>Version 1: the levels are compressed with the values, each set after its length.</summary>
    private void ReadPage(ReadOnlySpan<byte> page, DataPageHeader header)
    {
        Check(header.NumValues);
        var bytes = new ByteReader(page);
        if (column.MaxRepetitionLevel > 0)
        {
            CheckLevels(header.RepetitionLevelEncoding);
            ReadLevels(bytes.Take(bytes.TakeInt32()), column.MaxRepetitionLevel, target.Repetitions(header.NumValues));
        }

        var nulls = 0;
        if (column.MaxDefinitionLevel > 0)
        {
            CheckLevels(header.DefinitionLevelEncoding);
            nulls = ReadLevels(bytes.Take(bytes.TakeInt32()), column.MaxDefinitionLevel, target.Definitions(header.NumValues));
        }

        ReadValues(ref bytes, header.Encoding, header.NumValues, header.NumValues - nulls);
    }

    /// <summary>Version 2: the levels stand uncompressed before the values.</summary>
    private void ReadPage(ArraySegment<byte> page, DataPageHeaderV2 header, int uncompressed)
    {
        Check(header.NumValues);
        if (column.MaxRepetitionLevel > 0)
        {
            throw new NotImplementedException($"Column {column.Path} is repeated and has data pages of version 2, which are not read.");
        }

        long levels = header.DefinitionLevelsByteLength;
        if (levels < 0 || levels > Math.Min(page.Count, uncompressed) || header.RepetitionLevelsByteLength != 0)
        {
            throw new ParquetException($"Column {column.Path} is damaged: levels of {levels} bytes in a page of {page.Count}.");
        }

        var nulls = column.MaxDefinitionLevel == 0 ? 0
            : ReadLevels(page[..(int)levels], column.MaxDefinitionLevel, target.Definitions(header.NumValues));
        var values = page[(int)levels..];
        var bytes = new ByteReader(header.IsCompressed == false ? values : Decompress(values, uncompressed - (int)levels));
        ReadValues(ref bytes, header.Encoding, header.NumValues, header.NumValues - nulls);
    }

    private void ReadValues(ref ByteReader page, Encoding encoding, int count, int present)
    {
        var values = target.Advance(count, present).Span;
        switch (encoding)
        {
            case Encoding.PLAIN:
                _type.Decode(ref page, values, column.Element);
                break;
            case Encoding.PLAIN_DICTIONARY or Encoding.RLE_DICTIONARY:
                LookUp(ref page, values);
                break;
            default:
                _type.Decode(ref page, values, encoding);
                break;
        }
    }

    private void LookUp(ref ByteReader page, Span<T> values)
    {
        if (values.Length == 0)
        {
            return; // pages of nulls may lack even the width
        }

        var dictionary = _dictionary ?? throw new ParquetException($"Column {column.Path} is damaged: a dictionary is missing.");
        var numbers = new int[values.Length];
        int width = page.TakeByte();
        if (page.Left > 0) // where it is empty, all are the first
        {
            RunLengthHybrid.Decode(page.Rest, width, numbers);
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (uint)numbers[i] < (uint)dictionary.Length
                ? dictionary[numbers[i]]
                : throw new ParquetException($"Column {column.Path} is damaged: value {numbers[i]} of {dictionary.Length}.");
        }
    }

    /// <summary>Fills <paramref name="levels"/> and counts those below the highest, that is, the nulls.</summary>
    private int ReadLevels(ReadOnlySpan<byte> source, int highest, Span<int> levels)
    {
        RunLengthHybrid.Decode(source, RunLengthHybrid.Width(highest), levels);
        var below = 0;
        foreach (var level in levels)
        {
            below += level < highest ? 1 : 0;
            if (level > highest)
            {
                throw new ParquetException($"Column {column.Path} is damaged: a level of {level}, the highest is {highest}.");
            }
        }

        return below;
    }

    private ReadOnlySpan<byte> Decompress(ArraySegment<byte> page, int uncompressed)
    {
        if (chunk.Codec == CompressionCodec.UNCOMPRESSED)
        {
            return page;
        }

        var length = Codec.Decompress(chunk.Codec, page, uncompressed, ref _plain);
        return _plain.AsSpan(0, length);
    }

    private void Check(int count)
    {
        if (count < 0 || count > target.Left)
        {
            throw new ParquetException($"Column {column.Path} is damaged: a page of {count} values, {target.Left} are left.");
        }
    }

    private void CheckLevels(Encoding encoding)
    {
        if (encoding != Encoding.RLE)
        {
            throw new ParquetException($"Column {column.Path} has levels in the encoding {encoding}, which is not supported.");
        }
    }
}
