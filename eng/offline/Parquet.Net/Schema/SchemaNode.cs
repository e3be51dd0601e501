using System;
using System.Collections.Generic;
using Parquet.Meta;

namespace Parquet.Schema;

/// <summary>
/// The file's schema as a tree with true levels: a file lists its elements depth first and says only how many children each has.
/// </summary>
internal sealed class SchemaNode
{
    /// <summary>Far beyond real tables; keeps a damaged file from exhausting the stack.</summary>
    private const int Deepest = 64;

    private SchemaNode(SchemaElement element, FieldPath path, int repetition, int definition)
    {
        Element = element;
        Path = path;
        MaxRepetitionLevel = repetition;
        MaxDefinitionLevel = definition;
    }

    public SchemaElement Element { get; }

    public FieldPath Path { get; }

    public int MaxRepetitionLevel { get; }

    public int MaxDefinitionLevel { get; }

    public List<SchemaNode> Children { get; } = [];

    /// <summary>Builds the tree and returns its root.</summary>
    public static SchemaNode Build(List<SchemaElement> elements)
    {
        if (elements.Count == 0)
        {
            throw new ParquetException("The file has no schema.");
        }

        var root = new SchemaNode(elements[0], new FieldPath([]), 0, 0);
        var next = 1;
        root.Adopt(elements, ref next, 0);
        return root;
    }

    /// <summary>This node's leaves by path.</summary>
    public Dictionary<FieldPath, SchemaNode> Leaves()
    {
        var leaves = new Dictionary<FieldPath, SchemaNode>();
        Collect(leaves);
        return leaves;
    }

    private void Collect(Dictionary<FieldPath, SchemaNode> leaves)
    {
        if (Element.Type is not null)
        {
            leaves[Path] = this;
        }

        foreach (var child in Children)
        {
            child.Collect(leaves);
        }
    }

    private void Adopt(List<SchemaElement> elements, ref int next, int depth)
    {
        var count = Element.NumChildren ?? 0;
        if (depth > Deepest || count < 0 || count > elements.Count - next)
        {
            throw new ParquetException(
                $"The file's schema is damaged: '{Element.Name}' at depth {depth} has {count} children, {elements.Count - next} are left.");
        }

        for (var i = 0; i < count && next < elements.Count; i++)
        {
            var element = elements[next++];
            var child = new SchemaNode(
                element,
                Path + new FieldPath(element.Name),
                MaxRepetitionLevel + (element.RepetitionType == FieldRepetitionType.REPEATED ? 1 : 0),
                MaxDefinitionLevel + (element.RepetitionType == FieldRepetitionType.REQUIRED ? 0 : 1));
            Children.Add(child);
            child.Adopt(elements, ref next, depth + 1);
        }
    }
}
