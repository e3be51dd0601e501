using System;
using System.Collections;
using System.IO;

namespace Parquet.Meta.Proto;

/// <summary>Writes metadata in the thrift compact protocol; null properties are left out.</summary>
internal sealed class ThriftWriter(Stream output)
{
    public void WriteStruct(ThriftShape shape, object value)
    {
        short last = 0;
        foreach (var field in shape.Fields)
        {
            if (field.Property.GetValue(value) is not { } content)
            {
                continue;
            }

            var wire = field.IsList ? ThriftWire.List : content is false ? ThriftWire.False : field.Wire;

            // Field numbers go as differences: those of parquet.thrift ascend and lie less than 16 apart.
            output.WriteByte((byte)(((field.Id - last) << 4) | (int)wire));
            last = field.Id;
            if (field.IsList)
            {
                WriteList(field, (IList)content);
            }
            else
            {
                WriteValue(field, content);
            }
        }

        output.WriteByte((byte)ThriftWire.Stop);
    }

    private void WriteList(ThriftField field, IList items)
    {
        output.WriteByte((byte)((Math.Min(items.Count, 15) << 4) | (int)field.Wire));
        if (items.Count >= 15)
        {
            WriteVarint((ulong)items.Count);
        }

        foreach (var item in items)
        {
            WriteValue(field, item);
        }
    }

    private void WriteValue(ThriftField field, object value)
    {
        switch (value)
        {
            case bool:
                break; // the type code said it
            case sbyte small:
                output.WriteByte((byte)small);
                break;
            case short or int or long:
                WriteInteger(Convert.ToInt64(value, null));
                break;
            case Enum:
                WriteInteger((int)value);
                break;
            case string text:
                WriteBinary(System.Text.Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                WriteBinary(bytes);
                break;
            default:
                WriteStruct(field.Shape!, value);
                break;
        }
    }

    private void WriteBinary(byte[] bytes)
    {
        WriteVarint((ulong)bytes.Length);
        output.Write(bytes);
    }

    private void WriteInteger(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            output.WriteByte((byte)(value | 0x80));
        }

        output.WriteByte((byte)value);
    }
}
