using System;
using Parquet.Meta;

namespace Parquet.Schema;

/// <summary>A node of the schema.</summary>
public abstract class Field
{
    protected Field(string name, SchemaType schemaType)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        SchemaType = schemaType;
        Path = new FieldPath(name);
    }

    public string Name { get; }

    public SchemaType SchemaType { get; }

    /// <summary>Where the field lies in the file, containers included.</summary>
    public FieldPath Path { get; internal set; }

    public virtual bool IsNullable { get; internal set; }

    /// <summary>How many repeated fields lie from the root to here.</summary>
    public int MaxRepetitionLevel { get; protected set; }

    /// <summary>How many optional or repeated fields lie from the root to here.</summary>
    public int MaxDefinitionLevel { get; protected set; }

    /// <summary>What the file says about this field; null unless it was read from a file.</summary>
    public SchemaElement? SchemaElement { get; internal set; }

    internal virtual Field[] Children => [];

    /// <summary>Places the field and what lies below it under its parent's path.</summary>
    internal abstract void PlaceUnder(FieldPath? parent);

    /// <summary>Counts levels from the root down, once the whole schema is known.</summary>
    internal abstract void PropagateLevels(int repetition, int definition);

    public override bool Equals(object? obj) =>
        obj is Field other && SchemaType == other.SchemaType && Name == other.Name && Path.Equals(other.Path);

    public override int GetHashCode() => Path.GetHashCode();

    public override string ToString() => $"{Path} ({SchemaType}, RL: {MaxRepetitionLevel}, DL: {MaxDefinitionLevel})";
}
