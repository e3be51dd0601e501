namespace Alignment.Data.Reading;

/// <summary>Tells formats apart by the first bytes of a file; a name decides only where it says Parquet and the bytes don't.</summary>
internal static class FileFormat
{
    public static async Task<DataFileFormat> OfAsync(string path, CancellationToken cancellationToken)
    {
        var head = new byte[4];
        var stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Of(head.AsSpan(0, length), path);
        }
    }

    private static DataFileFormat Of(ReadOnlySpan<byte> head, string path) =>
        head.StartsWith("PAR"u8) || path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase) ? DataFileFormat.Parquet
        : head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? DataFileFormat.GzipJsonLines
        : DataFileFormat.JsonLines;
}
