using System.Text.Json;

namespace Alignment.Data;

/// <summary>A JSON file from a stranger: its size, its depth and the number of its values are bounded before a document is built.</summary>
internal static class JsonFile
{
    private const int LargestSize = 256 << 20;   // bytes; the largest published tokenizer.json is about 35 MB
    private const int MostValues = 16 << 20;     // a document takes 12 bytes a value besides the text
    private const int Depth = 32;                // published files reach 8

    /// <summary>Reads the file with <paramref name="read"/>, which must not keep the value it is given.</summary>
    public static T Read<T>(string path, Func<JsonValue, T> read)
    {
        try
        {
            var bytes = ReadBytes(path);
            ReadOnlyMemory<byte> json = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;
            ThrowIfTooManyValues(path, json.Span);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Depth, AllowDuplicateProperties = false });
            return read(new JsonValue(path, "", document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: a string that is not Unicode
        {
            throw new TokenizerFormatException($"{path}: must be JSON without duplicate keys, at most {Depth} levels deep. {e.Message}", e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > LargestSize)
            throw TooLarge(path);

        using var bytes = new MemoryStream((int)stream.Length);
        var buffer = new byte[1 << 16];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + count > LargestSize)
                throw TooLarge(path);
            bytes.Write(buffer, 0, count);
        }

        return bytes.ToArray();
    }

    private static TokenizerFormatException TooLarge(string path)
        => new($"{path}: must be at most {LargestSize >> 20} MiB.");

    private static void ThrowIfTooManyValues(string path, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
        for (var count = 0; reader.Read();)
        {
            if (++count > MostValues)
                throw new TokenizerFormatException($"{path}: must hold at most {MostValues} values.");
        }
    }
}
