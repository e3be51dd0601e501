using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Alignment.Feedback;

/// <summary>YAML without what makes it dangerous: no aliases, no types of its own, one document, not deep.</summary>
internal static class YamlNodes
{
    private const int Deepest = 8;

    public static TextNode Read(string text, string source)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out var end))
                throw new ConstitutionException(source, (int)end.Start.Line, "a constitution must not be empty.");
            parser.Consume<DocumentStart>();
            var root = Node(parser, source, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out _))
                throw new ConstitutionException(source, (int)parser.Current!.Start.Line, "there must be one document.");
            return root;
        }
        catch (YamlException error)
        {
            throw new ConstitutionException(source, Math.Max(1, (int)error.Start.Line), $"this is no YAML: {error.Message}", error);
        }
    }

    private static TextNode Node(IParser parser, string source, int depth)
    {
        var line = (int)parser.Current!.Start.Line;
        if (depth > Deepest) throw new ConstitutionException(source, line,
            FormattableString.Invariant($"nothing may be nested more than {Deepest} deep."));
        if (parser.TryConsume<AnchorAlias>(out _)) throw new ConstitutionException(source, line, "aliases (*name) are not allowed.");
        if (parser.Current is NodeEvent { Anchor.IsEmpty: false })
            throw new ConstitutionException(source, line, "anchors (&name) are not allowed.");
        if (parser.Current is NodeEvent { Tag.IsEmpty: false }) throw new ConstitutionException(source, line, "types (!name) are not allowed.");
        if (parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar))
            return new TextNode.Scalar(line, scalar.Value, scalar.Style == ScalarStyle.Plain, MayBeText: true);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<TextNode>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Node(parser, source, depth + 1));
            return new TextNode.Sequence(line, items);
        }
        parser.Consume<MappingStart>();
        var entries = new List<(TextNode.Scalar, TextNode)>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var name = Node(parser, source, depth + 1);
            if (name is not TextNode.Scalar field) throw new ConstitutionException(source, name.Line, "the name of a field must be text.");
            entries.Add((field, Node(parser, source, depth + 1)));
        }
        return new TextNode.Mapping(line, entries);
    }
}
