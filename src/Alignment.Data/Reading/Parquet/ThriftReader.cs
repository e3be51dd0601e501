using System.Globalization;

namespace Alignment.Data.Reading;

/// <summary>Goes through a structure in Thrift's compact protocol and keeps nothing of it, so that whoever reads it next can trust its lengths.</summary>
/// <remarks>
/// A field that <c>parquet.thrift</c> knows must be of its type; others may be numbers, flags, bytes or lists of those. Nothing ends after the bytes do:
/// a reader that believes a length takes memory for it, and one that looks for the end of a number after the last byte may look for ever.
/// </remarks>
/// <param name="stream">Where the structure lies; read from its position on.</param>
/// <param name="end">Where the bytes end.</param>
/// <param name="seen">Is told every number of 16 to 64 bits with its structure and field, and the end of every structure as field 0.</param>
internal sealed class ThriftReader(Stream stream, long end, Action<ThriftShape, int, long>? seen = null)
{
    public void Read(ThriftShape shape)
    {
        short id = 0;
        for (int header; (header = Byte()) != 0;)
        {
            id = (header >> 4) switch { 0 => (short)Number(ThriftType.Int16), var step => (short)(id + step) };
            var type = (ThriftType)(header & 15);
            var field = shape.Find(id) ?? Unknown(shape, id, type);
            if (!field.Fits(type)) throw Damaged($"field {id} of {shape.Name} is of type {(int)type}, not {(int)field.Type}");
            if (field.Type == ThriftType.List) List(shape, id, field);
            else Value(shape, id, field.Type, field.Shape);
        }
        seen?.Invoke(shape, 0, 0);
    }

    private void List(ThriftShape shape, int id, ThriftField field)
    {
        var header = Byte();
        var element = (ThriftType)(header & 15);
        var count = header >> 4 is < 15 and var few ? few : Length($"a list of {shape.Name}");   // an element takes at least a byte
        if (count > 0 && element != (field.Element == default ? Plain(shape, id, element) : field.Element))
            throw Damaged($"field {id} of {shape.Name} is a list of type {(int)element}, not {(int)field.Element}");
        for (var i = 0L; i < count; i++) Value(shape, id, element, field.Shape);
    }

    private void Value(ThriftShape shape, int id, ThriftType type, ThriftShape? inner)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                Byte();
                break;
            case ThriftType.Double:
                Skip(sizeof(double), shape.Name);
                break;
            case ThriftType.Bytes:
                Skip(Length($"a text of {shape.Name}"), shape.Name);
                break;
            case ThriftType.Struct:
                Read(inner!);
                break;
            default:
                var value = Number(type);
                seen?.Invoke(shape, id, value);
                break;
        }
    }

    // Of what is not known only that is let through which every reader skips alike.
    private static ThriftField Unknown(ThriftShape shape, int id, ThriftType type) =>
        type is ThriftType.List ? new ThriftField(type) : new ThriftField(type is ThriftType.False ? ThriftType.True : Plain(shape, id, type, flags: true));

    private static ThriftType Plain(ThriftShape shape, int id, ThriftType type, bool flags = false) =>
        type is (>= ThriftType.Byte and <= ThriftType.Bytes) || flags && type == ThriftType.True
            ? type : throw Damaged($"{shape.Name} has a field {id} of type {(int)type}");

    private long Number(ThriftType type)
    {
        var bits = Varint();
        var value = (long)(bits >> 1) ^ -(long)(bits & 1);   // zigzag
        return type == ThriftType.Int64 || value == (int)value ? value : throw Damaged($"{value} has more than 32 bits");
    }

    private long Length(string what)
    {
        var length = Varint();
        var left = end - stream.Position;
        return length <= (ulong)Math.Max(0, left) ? (long)length : throw Damaged($"{what} would have {length} parts in {left} bytes");
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
        throw Damaged($"a number has more than 64 bits");
    }

    private void Skip(long length, string what)
    {
        if (length > end - stream.Position) throw Damaged($"{what} ends too early");
        stream.Seek(length, SeekOrigin.Current);
    }

    private int Byte() => stream.Position < end && stream.ReadByte() is >= 0 and var value ? value : throw Damaged($"it ends too early");

    private static InvalidDataException Damaged(FormattableString what) => new($"its metadata is damaged: {what.ToString(CultureInfo.InvariantCulture)}.");
}
