using System;
using System.Collections.Generic;
using System.Linq;

namespace Parquet.Schema;

/// <summary>Fields under one name; optional when declared in code.</summary>
public class StructField : Field, IEquatable<StructField>
{
    private readonly Field[] _fields;

    public StructField(string name, params Field[] elements) : base(name, SchemaType.Struct)
    {
        if (elements is null || elements.Length == 0)
        {
            throw new ArgumentException($"Structure {name} needs at least one field.", nameof(elements));
        }

        _fields = elements;
        IsNullable = true;
        PlaceUnder(null);
    }

    public IReadOnlyList<Field> Fields => _fields;

    internal override Field[] Children => _fields;

    internal override void PlaceUnder(FieldPath? parent)
    {
        Path = parent + new FieldPath(Name);
        foreach (var field in _fields)
        {
            field.PlaceUnder(Path);
        }
    }

    internal override void PropagateLevels(int repetition, int definition)
    {
        MaxRepetitionLevel = repetition;
        MaxDefinitionLevel = definition + (IsNullable ? 1 : 0);
        foreach (var field in _fields)
        {
            field.PropagateLevels(MaxRepetitionLevel, MaxDefinitionLevel);
        }
    }

    public bool Equals(StructField? other) => base.Equals(other) && _fields.SequenceEqual(other._fields);
}
