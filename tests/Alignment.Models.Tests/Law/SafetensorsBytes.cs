using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Alignment.Models.Tests;

/// <summary>Files of the format written by hand, and a slow and obvious reader of good ones.</summary>
internal static class SafetensorsBytes
{
    public static byte[] File(string header, int dataLength = 0, ulong? length = null)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length ?? (ulong)json.Length);
        json.CopyTo(bytes, 8);
        for (var i = 0; i < dataLength; i++) bytes[8 + json.Length + i] = (byte)(i * 7);
        return bytes;
    }

    /// <summary>Type, shape and bytes of each tensor.</summary>
    public static Dictionary<string, (string Type, long[] Shape, byte[] Bytes)> Parse(string path)
    {
        var all = System.IO.File.ReadAllBytes(path);
        var start = 8 + (int)BitConverter.ToUInt64(all);
        using var header = JsonDocument.Parse(all.AsMemory(8, start - 8));
        return header.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__").ToDictionary(entry => entry.Name, entry =>
        {
            var offsets = entry.Value.GetProperty("data_offsets").Deserialize<int[]>()!;
            return (entry.Value.GetProperty("dtype").GetString()!, entry.Value.GetProperty("shape").Deserialize<long[]>()!,
                all[(start + offsets[0])..(start + offsets[1])]);
        });
    }
}
