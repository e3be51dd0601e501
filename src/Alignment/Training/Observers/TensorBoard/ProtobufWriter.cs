using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Alignment.Training;

/// <summary>Writes the few kinds of protocol buffer fields that events need.</summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding: a field is its number and wire type, then its value.</remarks>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    private enum Wire
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public void Integer(int field, long value)
    {
        Tag(field, Wire.Varint);
        Varint((ulong)value);
    }

    public void Double(int field, double value)
    {
        Tag(field, Wire.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
    }

    public void Float(int field, float value)
    {
        Tag(field, Wire.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
    }

    public void Text(int field, string value)
    {
        Tag(field, Wire.Bytes);
        Varint((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, _bytes);
    }

    public void Message(int field, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        write(message);
        Tag(field, Wire.Bytes);
        Varint((ulong)message.Bytes.Length);
        _bytes.Write(message.Bytes);
    }

    private void Tag(int field, Wire wire) => Varint((ulong)field << 3 | (ulong)wire);

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    private void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
