using System.Text.Json.Nodes;

namespace Alignment.Data.Tests;

/// <summary>
/// A folder with a small tokenizer.json: the 256 bytes have the ids 0 to 255, then one id a merge, then the special token
/// &lt;|end|&gt;. Tests change <see cref="Json"/> before they load it.
/// </summary>
internal sealed class TokenizerFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tokenizer");

    public TokenizerFolder(params string[] merges)
    {
        var vocabulary = new JsonObject();
        var others = 0;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
            vocabulary[(printable ? (char)value : (char)(256 + others++)).ToString()] = value;
        }

        foreach (var merge in merges)
            vocabulary.TryAdd(merge.Replace(" ", "", StringComparison.Ordinal), vocabulary.Count);

        EndId = vocabulary.Count;
        Json = new JsonObject
        {
            ["added_tokens"] = new JsonArray(Added(EndId, "<|end|>")),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = true },
            ["model"] = new JsonObject { ["type"] = "BPE", ["vocab"] = vocabulary, ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]) },
        };
    }

    public JsonObject Json { get; }

    public JsonObject Model => (JsonObject)Json["model"]!;

    public int EndId { get; }

    public string Folder => _folder.FullName;

    public string FilePath => Path.Combine(Folder, "tokenizer.json");

    public static JsonObject Added(int id, string content, bool special = true, params string[] flags)
    {
        var token = new JsonObject { ["id"] = id, ["content"] = content, ["special"] = special, ["normalized"] = false };
        foreach (var flag in flags)
            token[flag] = true;
        return token;
    }

    public static JsonObject Split(string regex) => new()
    {
        ["type"] = "Split",
        ["pattern"] = new JsonObject { ["Regex"] = regex },
        ["behavior"] = "Isolated",
        ["invert"] = false,
    };

    public TokenizerFolder Add(string content, bool special = true, params string[] flags)
    {
        var tokens = (JsonArray)Json["added_tokens"]!;
        tokens.Add(Added(EndId + tokens.Count, content, special, flags));
        return this;
    }

    public TokenizerFolder PreTokenize(params JsonNode[] parts)
    {
        Json["pre_tokenizer"] = new JsonObject { ["type"] = "Sequence", ["pretokenizers"] = new JsonArray(parts) };
        return this;
    }

    public HuggingFaceTokenizer Load() => LoadText(Json.ToJsonString());

    public HuggingFaceTokenizer LoadText(string json)
    {
        Write("tokenizer.json", json);
        return HuggingFaceTokenizer.FromPretrained(Folder);
    }

    /// <summary>The message of the error that loading ends in, without the path in front.</summary>
    public string LoadError(string? json = null)
    {
        var error = Assert.Throws<TokenizerFormatException>(() => LoadText(json ?? Json.ToJsonString()));
        Assert.StartsWith(FilePath + ": ", error.Message, StringComparison.Ordinal);
        return error.Message[(FilePath.Length + 2)..];
    }

    public void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    public void Dispose() => _folder.Delete(recursive: true);
}
