using System;
using System.Collections;
using System.IO;

namespace Parquet.Meta.Proto;

/// <summary>
/// Reads metadata in the thrift compact protocol. Every length is held against what is left of the stream before anything is
/// allocated, and nesting is bounded, so that a damaged file ends in an exception.
/// </summary>
internal sealed class ThriftReader(Stream input)
{
    /// <summary>Arrow's default bound on one list.</summary>
    private const int LongestList = 1_000_000;

    private const int DeepestSkip = 32;

    public object ReadStruct(ThriftShape shape)
    {
        var target = shape.Create();
        ulong seen = 0;
        short id = 0;
        while (ReadHeader(ref id) is var wire && wire != ThriftWire.Stop)
        {
            if (shape.Find(id) is not { } field)
            {
                Skip(wire, 0);
                continue;
            }

            field.Property.SetValue(target, field.IsList ? ReadList(field, wire) : ReadValue(field, wire));
            seen |= 1UL << id;
        }

        foreach (var field in shape.Fields)
        {
            if (field.Required && (seen & (1UL << field.Id)) == 0)
            {
                throw Corrupt($"{shape.Name} lacks its required field {field.Id} ({field.Property.Name})");
            }
        }

        return target;
    }

    private ThriftWire ReadHeader(ref short id)
    {
        var header = ReadByte();
        if (header == 0)
        {
            return ThriftWire.Stop;
        }

        id = header >> 4 == 0 ? (short)ReadInteger() : (short)(id + (header >> 4));
        return (ThriftWire)(header & 15);
    }

    private IList ReadList(ThriftField field, ThriftWire wire)
    {
        Expect(wire == ThriftWire.List, field);
        var (item, count) = ReadListHeader();
        var list = (IList)Activator.CreateInstance(field.Property.PropertyType)!;
        for (var i = 0; i < count; i++)
        {
            list.Add(ReadValue(field, item));
        }

        return list;
    }

    private object ReadValue(ThriftField field, ThriftWire wire)
    {
        // Inside a struct a bool lives in the type code itself.
        Expect(wire == field.Wire || (field.Wire == ThriftWire.True && wire == ThriftWire.False), field);
        return wire switch
        {
            ThriftWire.True => true,
            ThriftWire.False => false,
            ThriftWire.Byte => (sbyte)ReadByte(),
            ThriftWire.I16 => (short)ReadInteger(),
            ThriftWire.I32 when field.Item.IsEnum => Enum.ToObject(field.Item, (int)ReadInteger()),
            ThriftWire.I32 => (int)ReadInteger(),
            ThriftWire.I64 => ReadInteger(),
            ThriftWire.Binary when field.Item == typeof(string) => System.Text.Encoding.UTF8.GetString(ReadBinary()),
            ThriftWire.Binary => ReadBinary(),
            _ => ReadStruct(field.Shape!),
        };
    }

    private (ThriftWire Item, int Count) ReadListHeader()
    {
        var header = ReadByte();
        var count = header >> 4 == 15 ? ReadVarint() : (ulong)(header >> 4);
        if (count > LongestList || count > (ulong)Left)
        {
            throw Corrupt($"a list of {count} items with {Left} bytes left");
        }

        return ((ThriftWire)(header & 15), (int)count);
    }

    private byte[] ReadBinary()
    {
        var bytes = new byte[CheckedLength(ReadVarint())];
        input.ReadExactly(bytes);
        return bytes;
    }

    private void Skip(ThriftWire wire, int depth)
    {
        if (depth > DeepestSkip)
        {
            throw Corrupt("nested too deep");
        }

        switch (wire)
        {
            case ThriftWire.True or ThriftWire.False:
                break;
            case ThriftWire.Byte:
                ReadByte();
                break;
            case ThriftWire.I16 or ThriftWire.I32 or ThriftWire.I64:
                ReadVarint();
                break;
            case ThriftWire.Double:
                input.Position += CheckedLength(8);
                break;
            case ThriftWire.Binary:
                var length = CheckedLength(ReadVarint()); // first: += would add it to the place before the length
                input.Position += length;
                break;
            case ThriftWire.List or ThriftWire.Set:
                var (item, count) = ReadListHeader();
                for (var i = 0; i < count; i++)
                {
                    SkipItem(item, depth);
                }

                break;
            case ThriftWire.Map:
                var pairs = CheckedLength(ReadVarint());
                var types = pairs == 0 ? 0 : ReadByte();
                for (var i = 0; i < pairs; i++)
                {
                    SkipItem((ThriftWire)(types >> 4), depth);
                    SkipItem((ThriftWire)(types & 15), depth);
                }

                break;
            case ThriftWire.Struct:
                short id = 0;
                while (ReadHeader(ref id) is var next && next != ThriftWire.Stop)
                {
                    Skip(next, depth + 1);
                }

                break;
            default:
                throw Corrupt($"unknown type code {(int)wire}");
        }
    }

    /// <summary>In a list or map, other than in a struct, a bool takes a byte of its own.</summary>
    private void SkipItem(ThriftWire wire, int depth) =>
        Skip(wire is ThriftWire.True or ThriftWire.False ? ThriftWire.Byte : wire, depth + 1);

    private long Left => input.Length - input.Position;

    private int CheckedLength(ulong length) =>
        length <= (ulong)Math.Min(Left, Array.MaxLength) ? (int)length : throw Corrupt($"a length of {length} with {Left} bytes left");

    private long ReadInteger()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = ReadByte();
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Corrupt("an integer longer than 64 bits");
    }

    private byte ReadByte() => input.ReadByte() is var next and >= 0 ? (byte)next : throw Corrupt("it ends too early");

    private static void Expect(bool holds, ThriftField field)
    {
        if (!holds)
        {
            throw Corrupt($"field {field.Id} ({field.Property.Name}) has another type");
        }
    }

    private static ThriftProtocolException Corrupt(string what) => new($"The metadata is damaged: {what}.");
}
