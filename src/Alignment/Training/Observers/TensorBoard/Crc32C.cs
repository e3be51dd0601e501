using System.Buffers.Binary;
using System.Numerics;

namespace Alignment.Training;

/// <summary>CRC-32C (Castagnoli), the checksum of TFRecord files.</summary>
/// <remarks>RFC 3720, section 12.1, with examples in B.4.</remarks>
internal static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }

    /// <summary>The checksum as TFRecord files keep it: a checksum of data that holds checksums would be weak otherwise.</summary>
    public static uint Masked(ReadOnlySpan<byte> bytes) => BitOperations.RotateRight(Of(bytes), 15) + 0xA282EAD8;
}
