using System;
using System.Linq;
using System.Numerics;
using Parquet.Meta;
using PhysicalType = Parquet.Meta.Type;

namespace Parquet.Schema;

/// <summary>Turns a file's schema into fields, by the compatibility rules of the format's LogicalTypes.md.</summary>
internal static class SchemaReader
{
    public static ParquetSchema Read(SchemaNode root, ParquetOptions options) => root.Children.Count > 0
        ? new ParquetSchema(root.Children.Select(child => ReadField(child, root, options)))
        : throw new ParquetException("The file has no columns.");

    private static Field ReadField(SchemaNode node, SchemaNode parent, ParquetOptions options)
    {
        Field field = node.Element switch
        {
            { Type: not null } => ReadData(node.Element, options),
            var element when IsList(element) => ReadList(node, options),
            var element when IsMap(element) => ReadMap(node, options),
            { RepetitionType: FieldRepetitionType.REPEATED } when !IsList(parent.Element) => ReadImplicitList(node, options),
            _ when node.Children.Count > 0 =>
                new StructField(node.Element.Name, node.Children.Select(child => ReadField(child, node, options)).ToArray()),
            _ => throw new ParquetException($"Schema element {node.Path} has neither a type nor children."),
        };
        if (node.Element.RepetitionType != FieldRepetitionType.REPEATED || field is DataField)
        {
            field.IsNullable = node.Element.RepetitionType != FieldRepetitionType.REQUIRED;
        }

        field.SchemaElement = node.Element;
        return field;
    }

    private static ListField ReadList(SchemaNode node, ParquetOptions options)
    {
        var middle = node.Children.Count == 1 ? node.Children[0] : throw Unsupported(node, "a list with other than one child");
        if (middle.Element.Type is not null)
        {
            return new ListField(node.Element.Name, ReadField(middle, node, options), string.Empty, ListShape.RepeatedItem);
        }

        if (middle.Children.Count != 1 || middle.Element.RepetitionType != FieldRepetitionType.REPEATED)
        {
            throw Unsupported(node, "a list without one repeated container of one item");
        }

        return new ListField(node.Element.Name, ReadField(middle.Children[0], middle, options), middle.Element.Name);
    }

    private static MapField ReadMap(SchemaNode node, ParquetOptions options)
    {
        var middle = node.Children.Count == 1 ? node.Children[0] : throw Unsupported(node, "a map with other than one child");
        return middle.Children.Count == 2 && middle.Element.RepetitionType == FieldRepetitionType.REPEATED
            ? new MapField(
                node.Element.Name,
                ReadField(middle.Children[0], middle, options),
                ReadField(middle.Children[1], middle, options),
                middle.Element.Name)
            : throw Unsupported(node, "a map without one repeated container of keys and values");
    }

    private static ListField ReadImplicitList(SchemaNode node, ParquetOptions options) =>
        node.Children.Count == 1
            ? new ListField(node.Element.Name, ReadField(node.Children[0], node, options), string.Empty, ListShape.Implicit)
            {
                IsNullable = false,
            }
            : throw Unsupported(node, "a repeated group of several fields");

    private static DataField ReadData(SchemaElement element, ParquetOptions options) =>
        new(element.Name, ClrType(element, options), isArray: element.RepetitionType == FieldRepetitionType.REPEATED);

    private static System.Type ClrType(SchemaElement element, ParquetOptions options)
    {
        var logical = element.LogicalType;
        if (logical?.INTEGER is { } integer)
        {
            return Integer(integer.BitWidth, integer.IsSigned);
        }

        if (logical?.STRING is not null || logical?.ENUM is not null)
        {
            return typeof(string);
        }

        if (logical?.DECIMAL is not null)
        {
            return typeof(decimal);
        }

        if (logical?.FLOAT16 is not null || element.ConvertedType == ConvertedType.INTERVAL)
        {
            throw new NotSupportedException($"Column {element.Name} holds half-precision numbers or intervals, which can't be read.");
        }

        if (logical?.DATE is not null || logical?.TIMESTAMP is not null)
        {
            return typeof(DateTime);
        }

        return element.ConvertedType switch
        {
            ConvertedType.UTF8 => typeof(string),
            ConvertedType.INT_8 => typeof(sbyte),
            ConvertedType.UINT_8 => typeof(byte),
            ConvertedType.INT_16 => typeof(short),
            ConvertedType.UINT_16 => typeof(ushort),
            ConvertedType.UINT_32 => typeof(uint),
            ConvertedType.UINT_64 => typeof(ulong),
            ConvertedType.DECIMAL => typeof(decimal),
            ConvertedType.DATE or ConvertedType.TIMESTAMP_MILLIS or ConvertedType.TIMESTAMP_MICROS => typeof(DateTime),
            _ => OfPhysicalType(element, options),
        };
    }

    private static System.Type OfPhysicalType(SchemaElement element, ParquetOptions options) => element.Type switch
    {
        PhysicalType.BOOLEAN => typeof(bool),
        PhysicalType.INT32 => typeof(int),
        PhysicalType.INT64 => typeof(long),
        PhysicalType.INT96 => typeof(DateTime),
        PhysicalType.FLOAT => typeof(float),
        PhysicalType.DOUBLE => typeof(double),
        PhysicalType.BYTE_ARRAY => options.TreatByteArrayAsString ? typeof(string) : typeof(byte[]),
        PhysicalType.FIXED_LEN_BYTE_ARRAY => element.LogicalType?.UUID is null ? typeof(byte[]) : typeof(Guid),
        _ => throw new NotSupportedException($"Column {element.Name} has the unknown type {element.Type}."),
    };

    private static System.Type Integer(int bits, bool signed) => (bits, signed) switch
    {
        (8, true) => typeof(sbyte),
        (8, false) => typeof(byte),
        (16, true) => typeof(short),
        (16, false) => typeof(ushort),
        (32, true) => typeof(int),
        (32, false) => typeof(uint),
        (64, true) => typeof(long),
        (64, false) => typeof(ulong),
        _ => throw new ParquetException($"There are no integers of {bits} bits."),
    };

    private static bool IsList(SchemaElement element) =>
        element.LogicalType?.LIST is not null || element.ConvertedType == ConvertedType.LIST;

    private static bool IsMap(SchemaElement element) =>
        element.LogicalType?.MAP is not null || element.ConvertedType is ConvertedType.MAP or ConvertedType.MAP_KEY_VALUE;

    private static NotSupportedException Unsupported(SchemaNode node, string what) =>
        new($"Schema element {node.Path} is {what}, which can't be read.");
}
