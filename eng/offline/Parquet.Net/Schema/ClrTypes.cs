using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Parquet.Schema;

/// <summary>Which .NET types a column may declare.</summary>
internal static class ClrTypes
{
    // The last four can stand in a schema, so that their neighbours can be read, but their values can't be read or written here.
    private static readonly HashSet<Type> Known =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong), typeof(float), typeof(double), typeof(ReadOnlyMemory<char>), typeof(ReadOnlyMemory<byte>),
        typeof(decimal), typeof(BigInteger), typeof(DateTime), typeof(Guid),
    ];

    /// <summary>The type of one value, whether it may be null, and whether there are many in a row.</summary>
    public static (Type Type, bool Nullable, bool Array) Discover(Type declared)
    {
        var item = ItemOf(declared);
        var type = item ?? declared;
        var underlying = Nullable.GetUnderlyingType(type);
        var nullable = underlying is not null || type.IsClass || type.IsInterface;
        type = underlying ?? type;
        type = type == typeof(string) ? typeof(ReadOnlyMemory<char>) : type == typeof(byte[]) ? typeof(ReadOnlyMemory<byte>) : type;
        return Known.Contains(type)
            ? (type, nullable, item is not null)
            : throw new NotSupportedException($"A column can't hold {declared}.");
    }

    private static Type? ItemOf(Type type)
    {
        if (type == typeof(string) || type == typeof(byte[]))
        {
            return null;
        }

        return type.IsArray
            ? type.GetElementType()
            : type.GetInterfaces().Prepend(type)
                .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>))
                ?.GetGenericArguments()[0];
    }
}
