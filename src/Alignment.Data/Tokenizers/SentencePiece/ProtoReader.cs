using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Alignment.Data;

/// <summary>Reads the fields of one protocol-buffer message, in the order of the file. It never reads beyond the message.</summary>
internal ref struct ProtoReader(string path, ReadOnlySpan<byte> message)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;
    private const int LargestField = (1 << 29) - 1;

    private ReadOnlySpan<byte> _rest = message;
    private ReadOnlySpan<byte> _bytes;
    private ulong _number;
    private int _wire;

    /// <summary>The number of the field just read.</summary>
    public int Field { get; private set; }

    /// <summary>Reads the next field; false at the end.</summary>
    /// <exception cref="TokenizerFormatException">The message ends within a field, or is none.</exception>
    public bool Read()
    {
        if (_rest.IsEmpty)
            return false;
        var key = ReadVarint();
        _wire = (int)(key & 7);
        Field = key >> 3 is >= 1 and <= LargestField and var field ? (int)field : throw Invalid($"field {key >> 3}");
        _bytes = default;
        _number = 0;
        switch (_wire)
        {
            case Varint:
                _number = ReadVarint();
                break;
            case Fixed64:
                _number = BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));
                break;
            case Fixed32:
                _number = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
                break;
            case Bytes:
                _bytes = Take(ReadVarint());
                break;
            default:
                throw Invalid($"wire type {_wire}");
        }

        return true;
    }

    public readonly ReadOnlySpan<byte> Message() => Is(Bytes) ? _bytes : default;

    public readonly string Text() => Is(Bytes) && Utf8.IsValid(_bytes) ? Encoding.UTF8.GetString(_bytes) : throw Invalid("a text that is not UTF-8");

    public readonly float Float() => Is(Fixed32) ? BitConverter.UInt32BitsToSingle((uint)_number) : 0;

    public readonly bool Flag() => Is(Varint) && _number != 0;

    /// <summary>A 32-bit number, which may be negative.</summary>
    public readonly int Int() => Is(Varint) ? unchecked((int)_number) : 0;

    private readonly bool Is(int wire) => _wire == wire ? true : throw Invalid($"wire type {_wire} in field {Field}");

    private ulong ReadVarint()
    {
        ulong number = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var value = Take(1)[0];
            number |= (ulong)(value & 0x7F) << shift;
            if (value < 0x80)
                return number;
        }

        throw Invalid("a number of more than 64 bits");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
            throw Invalid("a field that goes beyond its end");
        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private readonly TokenizerFormatException Invalid(string what) => new($"{path}: must be a SentencePiece model (protocol buffers); it holds {what}.");
}
