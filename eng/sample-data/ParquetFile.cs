using System.IO.Compression;
using Parquet;
using Parquet.Schema;

namespace SampleData;

/// <summary>Writes pairs as three string columns, or four with their source, in two row groups, compressed with Zstandard.</summary>
internal static class ParquetFile
{
    private static readonly DataField<string> Prompt = new("prompt");
    private static readonly DataField<string> Chosen = new("chosen");
    private static readonly DataField<string> Rejected = new("rejected");
    private static readonly DataField<string> Source = new("source");

    public static async Task WriteAsync(string path, IReadOnlyList<Pair> pairs)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.SmallestSize };
        var hasSource = pairs[0].Source is not null;
        var schema = hasSource ? new ParquetSchema(Prompt, Chosen, Rejected, Source) : new ParquetSchema(Prompt, Chosen, Rejected);
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, file, options);
        foreach (var half in pairs.Chunk((pairs.Count + 1) / 2))
        {
            using var rows = writer.CreateRowGroup();
            await rows.WriteAsync(Prompt, [.. half.Select(pair => pair.Prompt)]);
            await rows.WriteAsync(Chosen, [.. half.Select(pair => pair.Chosen)]);
            await rows.WriteAsync(Rejected, [.. half.Select(pair => pair.Rejected)]);
            if (hasSource)
            {
                await rows.WriteAsync(Source, [.. half.Select(pair => pair.Source!)]);
            }
        }
    }
}
