using System;
using System.IO;

namespace TorchSharp.Utils;

/// <summary>Unsigned LEB128 numbers: seven bits a byte, lowest first, the high bit says that more follow.</summary>
internal static class Leb128
{
    internal static void Encode(this BinaryWriter writer, long value)
    {
        if (value < 0) throw new NotImplementedException("LEB128 encoding of negative numbers");
        writer.Write7BitEncodedInt64(value);
    }

    internal static long Decode(this BinaryReader reader) => reader.Read7BitEncodedInt64();
}
