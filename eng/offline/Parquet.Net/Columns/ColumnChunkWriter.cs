using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Parquet.Codecs;
using Parquet.Encodings;
using Parquet.Meta;
using Parquet.Meta.Proto;

namespace Parquet.Columns;

/// <summary>Writes one column of one row group as one plain data page of version 1.</summary>
internal static class ColumnChunkWriter
{
    public static async Task<ColumnChunk> WriteAsync<T>(
        WriterStream output,
        ColumnSource<T> source,
        SchemaElement element,
        ParquetOptions options,
        Dictionary<string, string>? metadata,
        CancellationToken cancellationToken)
        where T : struct
    {
        var page = Page(source);
        var compressed = Codec.Compress(options.CompressionMethod, options.CompressionLevel, page);
        var header = Header(source.Count, page.Length, compressed.Length);
        var start = output.Position;
        await output.WriteAsync(header, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(compressed, cancellationToken).ConfigureAwait(false);
        return new ColumnChunk
        {
            FileOffset = start,
            MetaData = new ColumnMetaData
            {
                Type = element.Type!.Value,
                Encodings = [Encoding.PLAIN, Encoding.RLE],
                PathInSchema = source.Field.Path.ToList(),
                Codec = (CompressionCodec)options.CompressionMethod, // the numbers agree
                NumValues = source.Count,
                TotalUncompressedSize = header.Length + page.Length,
                TotalCompressedSize = header.Length + compressed.Length,
                KeyValueMetadata = KeyValues.ToList(metadata),
                DataPageOffset = start,
                Statistics = new Statistics { NullCount = source.Count - source.Values.Length },
            },
        };
    }

    /// <summary>Repetition levels, definition levels, values.</summary>
    private static byte[] Page<T>(ColumnSource<T> source) where T : struct
    {
        var levels = new ArrayBufferWriter<byte>();
        WriteLevels(source.Repetitions.Span, source.Field.MaxRepetitionLevel, levels);
        WriteLevels(source.Definitions.Span, source.Field.MaxDefinitionLevel, levels);
        var type = ColumnTypes.Of<T>();
        var size = levels.WrittenCount + type.Size(source.Values.Span);
        if (size > Array.MaxLength)
        {
            throw new ParquetException($"Column {source.Field.Path} takes {size} bytes, too many for a page. Write smaller row groups.");
        }

        var page = new byte[size];
        levels.WrittenSpan.CopyTo(page);
        type.Encode(source.Values.Span, page.AsSpan(levels.WrittenCount));
        return page;
    }

    private static void WriteLevels(ReadOnlySpan<int> levels, int highest, ArrayBufferWriter<byte> output)
    {
        if (highest == 0)
        {
            return;
        }

        var runs = new ArrayBufferWriter<byte>();
        RunLengthHybrid.Encode(levels, RunLengthHybrid.Width(highest), runs);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), runs.WrittenCount);
        output.Advance(sizeof(int));
        output.Write(runs.WrittenSpan);
    }

    private static byte[] Header(int count, int uncompressed, int compressed)
    {
        using var header = new MemoryStream();
        new ThriftWriter(header).WriteStruct(ThriftShape.OfPage, new PageHeader
        {
            Type = PageType.DATA_PAGE,
            UncompressedPageSize = uncompressed,
            CompressedPageSize = compressed,
            DataPageHeader = new DataPageHeader
            {
                NumValues = count,
                Encoding = Encoding.PLAIN,
                DefinitionLevelEncoding = Encoding.RLE,
                RepetitionLevelEncoding = Encoding.RLE,
            },
        });
        return header.ToArray();
    }
}
