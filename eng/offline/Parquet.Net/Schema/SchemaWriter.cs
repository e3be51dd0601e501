using System;
using System.Collections.Generic;
using Parquet.Meta;
using PhysicalType = Parquet.Meta.Type;

namespace Parquet.Schema;

/// <summary>Turns fields into the elements that a file lists depth first.</summary>
internal static class SchemaWriter
{
    public static List<SchemaElement> Write(ParquetSchema schema)
    {
        var elements = new List<SchemaElement> { new() { Name = "root", NumChildren = schema.Fields.Count } };
        foreach (var field in schema.Fields)
        {
            Write(field, elements);
        }

        return elements;
    }

    private static void Write(Field field, List<SchemaElement> elements)
    {
        var element = field is DataField data ? Column(data) : new SchemaElement { Name = field.Name };
        element.RepetitionType = field is DataField { IsArray: true } ? FieldRepetitionType.REPEATED
            : field.IsNullable ? FieldRepetitionType.OPTIONAL : FieldRepetitionType.REQUIRED;
        elements.Add(element);
        switch (field)
        {
            case DataField:
                break;
            case StructField structure:
                element.NumChildren = structure.Fields.Count;
                foreach (var child in structure.Fields)
                {
                    Write(child, elements);
                }

                break;
            case ListField { IsStandard: true } list:
                element.NumChildren = 1;
                element.ConvertedType = ConvertedType.LIST;
                element.LogicalType = new LogicalType { LIST = new ListType() };
                elements.Add(new SchemaElement
                {
                    Name = list.ContainerName, RepetitionType = FieldRepetitionType.REPEATED, NumChildren = 1,
                });
                Write(list.Item, elements);
                break;
            default:
                throw new NotSupportedException($"Field {field} can be read but not written.");
        }
    }

    private static SchemaElement Column(DataField field)
    {
        var type = field.ClrType;
        return type == typeof(bool) ? Of(PhysicalType.BOOLEAN)
            : type == typeof(sbyte) ? Integer(8, true, ConvertedType.INT_8)
            : type == typeof(byte) ? Integer(8, false, ConvertedType.UINT_8)
            : type == typeof(short) ? Integer(16, true, ConvertedType.INT_16)
            : type == typeof(ushort) ? Integer(16, false, ConvertedType.UINT_16)
            : type == typeof(int) ? Integer(32, true, ConvertedType.INT_32)
            : type == typeof(uint) ? Integer(32, false, ConvertedType.UINT_32)
            : type == typeof(long) ? Integer(64, true, ConvertedType.INT_64)
            : type == typeof(ulong) ? Integer(64, false, ConvertedType.UINT_64)
            : type == typeof(float) ? Of(PhysicalType.FLOAT)
            : type == typeof(double) ? Of(PhysicalType.DOUBLE)
            : type == typeof(ReadOnlyMemory<byte>) ? Of(PhysicalType.BYTE_ARRAY)
            : type == typeof(ReadOnlyMemory<char>)
                ? Of(PhysicalType.BYTE_ARRAY, ConvertedType.UTF8, new LogicalType { STRING = new StringType() })
            : throw new NotSupportedException($"Column {field.Path} holds {type}, which can't be written.");

        SchemaElement Of(PhysicalType physical, ConvertedType? converted = null, LogicalType? logical = null) =>
            new() { Name = field.Name, Type = physical, ConvertedType = converted, LogicalType = logical };

        SchemaElement Integer(sbyte bits, bool signed, ConvertedType converted) => Of(
            bits == 64 ? PhysicalType.INT64 : PhysicalType.INT32,
            converted,
            new LogicalType { INTEGER = new IntType { BitWidth = bits, IsSigned = signed } });
    }
}
