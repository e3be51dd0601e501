using System.Text;
using System.Text.Json;

namespace Alignment.Feedback;

/// <summary>JSON with its lines.</summary>
internal static class JsonNodes
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 8 };

    public static TextNode Read(string text, string source)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, Strict);
        var (line, counted) = (1, 0L);
        try
        {
            reader.Read();
            var root = Node(ref reader);
            reader.Read();
            return root;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)   // the latter for half a surrogate pair
        {
            throw new ConstitutionException(source, error is JsonException { LineNumber: { } number } ? (int)number + 1 : line,
                $"this is no JSON: {error.Message}", error);
        }

        TextNode Node(ref Utf8JsonReader json)
        {
            line += bytes.AsSpan((int)counted, (int)(json.TokenStartIndex - counted)).Count((byte)'\n');
            counted = json.TokenStartIndex;
            var at = line;
            switch (json.TokenType)
            {
                case JsonTokenType.StartArray:
                    var items = new List<TextNode>();
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(Node(ref json));
                    return new TextNode.Sequence(at, items);
                case JsonTokenType.StartObject:
                    var entries = new List<(TextNode.Scalar, TextNode)>();
                    while (json.Read() && json.TokenType != JsonTokenType.EndObject)
                    {
                        var name = (TextNode.Scalar)Node(ref json);
                        json.Read();
                        entries.Add((name, Node(ref json)));
                    }
                    return new TextNode.Mapping(at, entries);
                case JsonTokenType.String or JsonTokenType.PropertyName:
                    return new TextNode.Scalar(at, json.GetString()!, MayBeNumber: false, MayBeText: true);
                default:
                    return new TextNode.Scalar(at, Encoding.UTF8.GetString(json.ValueSpan), MayBeNumber: true, MayBeText: false);
            }
        }
    }
}
