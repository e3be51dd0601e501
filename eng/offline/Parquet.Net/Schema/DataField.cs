using System;

namespace Parquet.Schema;

/// <summary>A column: the only kind of field that holds values.</summary>
public class DataField : Field
{
    /// <param name="name">Name of the column.</param>
    /// <param name="clrType">Type of a value; a nullable type or a class makes the column optional, a sequence makes it repeated.</param>
    /// <param name="isNullable">Overrides what the type says.</param>
    /// <param name="isArray">Overrides what the type says.</param>
    /// <param name="propertyName">Has no meaning where rows are not mapped to classes.</param>
    /// <exception cref="NotSupportedException">No column can hold the type.</exception>
    public DataField(string name, Type clrType, bool? isNullable = null, bool? isArray = null, string? propertyName = null)
        : base(name, SchemaType.Data)
    {
        var (type, nullable, array) = ClrTypes.Discover(clrType);
        ClrType = type;
        IsNullable = isNullable ?? nullable;
        IsArray = isArray ?? array;
        MaxRepetitionLevel = IsArray ? 1 : 0;
    }

    /// <summary>Type of a value, never nullable; text and bytes are <see cref="ReadOnlyMemory{T}"/> of char and byte.</summary>
    public Type ClrType { get; }

    public override bool IsNullable { get; internal set; }

    /// <summary>Whether the column itself is repeated, without a list around it.</summary>
    public bool IsArray { get; }

    internal bool IsAttached { get; private set; }

    internal override void PlaceUnder(FieldPath? parent) => Path = parent + new FieldPath(Name);

    internal override void PropagateLevels(int repetition, int definition)
    {
        MaxRepetitionLevel = repetition + (IsArray ? 1 : 0);
        MaxDefinitionLevel = definition + (IsArray || IsNullable ? 1 : 0);
        IsAttached = true;
    }

    /// <summary>Levels are known only inside a schema.</summary>
    internal void EnsureAttached()
    {
        if (!IsAttached)
        {
            throw new ArgumentException($"Field {this} belongs to no schema yet. Construct a ParquetSchema with it first.", "field");
        }
    }

    internal void EnsureHolds(Type type)
    {
        if (type != ClrType)
        {
            throw new ArgumentException($"Field {Path} holds {ClrType}, not {type}.");
        }
    }

    public override bool Equals(object? obj) =>
        obj is DataField other && base.Equals(obj) && ClrType == other.ClrType
        && IsNullable == other.IsNullable && IsArray == other.IsArray;

    public override int GetHashCode() => base.GetHashCode();

    public override string ToString() => $"{Path} ({ClrType}{(IsNullable ? "?" : "")}{(IsArray ? "[]" : "")})";
}
