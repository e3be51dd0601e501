using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment;

/// <summary>JSON files as transformers writes them: two spaces, no escapes that nobody needs, a line break at the end.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, JsonObject root) => AtomicFile.Write(path, stream => Write(stream, root));

    public static void Write(Stream stream, JsonObject root)
    {
        using (var json = new Utf8JsonWriter(stream, Options)) root.WriteTo(json);
        stream.WriteByte((byte)'\n');
    }
}
