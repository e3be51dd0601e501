using System;

namespace Parquet.Schema;

/// <summary>A list: an optional group around a repeated container (named <c>list</c>) around the item.</summary>
public sealed class ListField : Field
{
    public const string DefaultContainerName = "list";

    public const string ElementName = "element";

    private readonly ListShape _shape;

    public ListField(string name, Field item, string containerName = DefaultContainerName)
        : this(name, item, containerName, ListShape.Standard)
    {
    }

    /// <remarks>The item takes the list's own name unless <paramref name="elementName"/> is given.</remarks>
    public ListField(string name, Type itemDataType, string? propertyName = null, string containerName = "list", string? elementName = null)
        : this(name, new DataField(elementName ?? name, itemDataType, propertyName: propertyName), containerName)
    {
    }

    internal ListField(string name, Field item, string containerName, ListShape shape) : base(name, SchemaType.List)
    {
        Item = item ?? throw new ArgumentNullException(nameof(item));
        ContainerName = containerName;
        _shape = shape;
        IsNullable = true;
        PlaceUnder(null);
    }

    public Field Item { get; }

    internal string ContainerName { get; }

    internal bool IsStandard => _shape == ListShape.Standard;

    internal override Field[] Children => [Item];

    internal override void PlaceUnder(FieldPath? parent)
    {
        Path = parent + (IsStandard ? new FieldPath(Name, ContainerName) : new FieldPath(Name));
        Item.PlaceUnder(Path);
    }

    internal override void PropagateLevels(int repetition, int definition)
    {
        // Where the item is repeated itself, it counts that level.
        var container = _shape == ListShape.RepeatedItem ? 0 : 1;
        MaxRepetitionLevel = repetition + container;
        MaxDefinitionLevel = definition + container + (IsNullable ? 1 : 0);
        Item.PropagateLevels(MaxRepetitionLevel, MaxDefinitionLevel);
    }

    public override bool Equals(object? obj) => obj is ListField other && base.Equals(obj) && Item.Equals(other.Item);

    public override int GetHashCode() => base.GetHashCode();
}

/// <summary>Forms of a list; only the standard one is written.</summary>
internal enum ListShape
{
    /// <summary>A group, a repeated container, an item.</summary>
    Standard,

    /// <summary>A group around a repeated column.</summary>
    RepeatedItem,

    /// <summary>A repeated group without an annotation.</summary>
    Implicit,
}
