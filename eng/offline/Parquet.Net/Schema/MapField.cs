using System;

namespace Parquet.Schema;

/// <summary>A map: an optional group around a repeated container of keys and values.</summary>
public sealed class MapField : Field
{
    private readonly string _containerName;

    public MapField(string name, Field keyField, Field valueField) : this(name, keyField, valueField, "key_value")
    {
        if (keyField is DataField { IsNullable: true })
        {
            throw new ArgumentException("A key can't be null.", nameof(keyField));
        }
    }

    internal MapField(string name, Field key, Field value, string containerName) : base(name, SchemaType.Map)
    {
        Key = key;
        Value = value;
        _containerName = containerName;
        IsNullable = true;
        PlaceUnder(null);
    }

    public Field Key { get; }

    public Field Value { get; }

    internal override Field[] Children => [Key, Value];

    internal override void PlaceUnder(FieldPath? parent)
    {
        Path = parent + new FieldPath(Name, _containerName);
        Key.PlaceUnder(Path);
        Value.PlaceUnder(Path);
    }

    internal override void PropagateLevels(int repetition, int definition)
    {
        MaxRepetitionLevel = repetition + 1;
        MaxDefinitionLevel = definition + (IsNullable ? 2 : 1);
        Key.PropagateLevels(MaxRepetitionLevel, MaxDefinitionLevel);
        Value.PropagateLevels(MaxRepetitionLevel, MaxDefinitionLevel);
    }

    public override bool Equals(object? obj) =>
        obj is MapField other && base.Equals(obj) && Key.Equals(other.Key) && Value.Equals(other.Value);

    public override int GetHashCode() => base.GetHashCode();
}
