using System.Globalization;
using System.Text.RegularExpressions;

namespace Alignment.Feedback;

/// <summary>From nodes to a constitution, strictly: every field known, every name once, every value what it must be.</summary>
internal sealed partial class ConstitutionReader(string source)
{
    private const int LongestText = 4000;   // characters

    private static readonly string[] RootFields = ["schemaVersion", "name", "version", "language", "principles"];
    private static readonly string[] PrincipleFields = ["id", "text", "critique", "revision", "weight", "tags"];

    public static Constitution Read(string text, bool isJson, string source) =>
        new ConstitutionReader(source).Constitution(isJson ? JsonNodes.Read(text, source) : YamlNodes.Read(text, source));

    public static string Code(FeedbackLanguage language) => language == FeedbackLanguage.Korean ? "ko" : "en";

    private Constitution Constitution(TextNode node)
    {
        var root = Fields(node, "a constitution", "", RootFields, RootFields);
        var schema = Scalar(root["schemaVersion"], "schemaVersion");
        Require(schema is { MayBeNumber: true, Value: "1" }, schema, "schemaVersion",
            $"must be {Feedback.Constitution.SchemaVersion}, the version that this program reads", schema.Value);
        var name = Matching(root["name"], "name", Name(), "must be small letters, digits and hyphens");
        var version = Matching(root["version"], "version", VersionNumber(), "must be three numbers such as 1.0.0");
        var language = Scalar(root["language"], "language");
        Require(language.Value is "en" or "ko", language, "language", "must be en or ko", language.Value);
        if (root["principles"] is not TextNode.Sequence { Items: { Count: > 0 } items })
            throw Error(root["principles"].Line, "principles must be a list of at least one principle.");

        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var principles = items.Select((item, index) =>
        {
            var path = FormattableString.Invariant($"principles[{index}]");
            var fields = Fields(item, path, path + ".", PrincipleFields, PrincipleFields[..4]);
            var id = Matching(fields["id"], path + ".id", Name(), "must be small letters, digits and hyphens");
            if (!lines.TryAdd(id, fields["id"].Line))
                throw Error(fields["id"].Line, FormattableString.Invariant(
                    $"{path}.id must differ from that in line {lines[id]}; both are \"{id}\"."));
            return new Principle(id, Text(fields["text"], path + ".text"), Text(fields["critique"], path + ".critique"),
                Text(fields["revision"], path + ".revision"))
            {
                Weight = fields.TryGetValue("weight", out var weight) ? Weight(weight, path + ".weight") : 1,
                Tags = fields.TryGetValue("tags", out var tags) ? Tags(tags, path + ".tags") : [],
            };
        }).ToList();
        return new Constitution(name, version, language.Value == "ko" ? FeedbackLanguage.Korean : FeedbackLanguage.English, principles);
    }

    private Dictionary<string, TextNode> Fields(TextNode node, string what, string prefix, string[] known, string[] needed)
    {
        if (node is not TextNode.Mapping mapping) throw Error(node.Line, $"{what} must have fields ({string.Join(", ", known)}).");
        var fields = new Dictionary<string, TextNode>(StringComparer.Ordinal);
        foreach (var (name, value) in mapping.Entries)
        {
            if (!known.Contains(name.Value, StringComparer.Ordinal))
                throw Error(name.Line, $"{prefix}{Shown(name.Value)} is no field; known are {string.Join(", ", known)}.");
            if (!fields.TryAdd(name.Value, value)) throw Error(name.Line, $"{prefix}{name.Value} is there twice.");
        }
        if (Array.Find(needed, field => !fields.ContainsKey(field)) is { } missing) throw Error(node.Line, $"{prefix}{missing} is missing.");
        return fields;
    }

    private TextNode.Scalar Scalar(TextNode node, string path) => node as TextNode.Scalar ??
        throw Error(node.Line, $"{path} must be a single value.");

    private string Text(TextNode node, string path)
    {
        var scalar = Scalar(node, path);
        var text = scalar.Value.Trim();
        Require(scalar.MayBeText, scalar, path, "must be text", scalar.Value);
        Require(text.Length > 0, scalar, path, "must not be empty", null);
        Require(text.Length <= LongestText, scalar, path, FormattableString.Invariant($"must have at most {LongestText} characters"), null);
        return text;
    }

    private string Matching(TextNode node, string path, Regex pattern, string rule)
    {
        var scalar = Scalar(node, path);
        Require(scalar.MayBeText && pattern.IsMatch(scalar.Value), scalar, path, rule, scalar.Value);
        return scalar.Value;
    }

    private double Weight(TextNode node, string path)
    {
        var scalar = Scalar(node, path);
        var isNumber = double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight);
        Require(scalar.MayBeNumber && isNumber && double.IsFinite(weight) && weight > 0, scalar, path, "must be a finite number greater than 0",
            scalar.Value);
        return weight;
    }

    private string[] Tags(TextNode node, string path)
    {
        if (node is not TextNode.Sequence sequence) throw Error(node.Line, $"{path} must be a list.");
        return [.. sequence.Items.Select((item, index) => Matching(item, FormattableString.Invariant($"{path}[{index}]"), Name(),
            "must be small letters, digits and hyphens"))];
    }

    private void Require(bool holds, TextNode node, string path, string rule, string? given)
    {
        if (!holds) throw Error(node.Line, given is null ? $"{path} {rule}." : $"{path} {rule}; was {Shown(given)}.");
    }

    private ConstitutionException Error(int line, string message) => new(source, line, message);

    private static string Shown(string text) => $"\"{(text.Length > 60 ? text[..60] + "..." : text)}\"";

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}$")]
    private static partial Regex VersionNumber();
}
