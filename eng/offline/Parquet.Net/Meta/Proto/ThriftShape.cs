using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace Parquet.Meta.Proto;

/// <summary>
/// The fields of one metadata class, found once by reflection, so that the classes stay plain and one reader and one writer
/// serve them all. Metadata is small next to the data: a few values per column chunk and per page.
/// </summary>
internal sealed class ThriftShape
{
    public static readonly ThriftShape OfFile = new(typeof(FileMetaData));
    public static readonly ThriftShape OfPage = new(typeof(PageHeader));

    private readonly System.Type _type;

    private ThriftShape(System.Type type)
    {
        _type = type;
        var nullability = new NullabilityInfoContext();
        Fields = type.GetProperties()
            .Select(property => (property, mark: property.GetCustomAttribute<ThriftFieldAttribute>()))
            .Where(pair => pair.mark is not null)
            .Select(pair => Field(pair.mark!.Id, pair.property, nullability.Create(pair.property).ReadState == NullabilityState.NotNull))
            .OrderBy(field => field.Id)
            .ToArray();
    }

    public ThriftField[] Fields { get; }

    public string Name => _type.Name;

    public object Create() => Activator.CreateInstance(_type)!;

    public ThriftField? Find(short id)
    {
        foreach (var field in Fields)
        {
            if (field.Id == id)
            {
                return field;
            }
        }

        return null;
    }

    private static ThriftField Field(short id, PropertyInfo property, bool required)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);
        var item = isList ? type.GetGenericArguments()[0] : type;
        var wire = Wire(item);
        return new ThriftField(id, property, required, isList, item, wire, wire == ThriftWire.Struct ? new ThriftShape(item) : null);
    }

    private static ThriftWire Wire(System.Type type) =>
        type == typeof(bool) ? ThriftWire.True
        : type == typeof(sbyte) ? ThriftWire.Byte
        : type == typeof(short) ? ThriftWire.I16
        : type == typeof(int) || type.IsEnum ? ThriftWire.I32
        : type == typeof(long) ? ThriftWire.I64
        : type == typeof(string) || type == typeof(byte[]) ? ThriftWire.Binary
        : ThriftWire.Struct;
}

/// <summary>One field: a value or a list of values of <paramref name="Item"/>.</summary>
internal sealed record ThriftField(
    short Id, PropertyInfo Property, bool Required, bool IsList, System.Type Item, ThriftWire Wire, ThriftShape? Shape);
