using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Data;

/// <summary>The files of a model's folder that say how its chats are written.</summary>
internal sealed class ChatTemplateFolder(string folder)
{
    private const string Default = "default";
    private const int LargestFile = 4 << 20;   // bytes; more characters than a template may have

    private readonly string _config = Path.Combine(folder, "tokenizer_config.json");

    public (string Text, string Path) ReadTemplate(string name)
    {
        var file = TemplateFile(name);
        if (File.Exists(file))
            return (ReadText(file), file);
        if (File.Exists(_config) && JsonFile.Read(_config, root => Named(root["chat_template"], name)) is { } text)
            return (text, _config);
        throw new FileNotFoundException($"{folder}: must hold a chat template named '{name}', in '{file}' or in tokenizer_config.json.", file);
    }

    /// <summary>Each "..._token" and what it spells; tokenizer_config.json goes first.</summary>
    public Dictionary<string, JsonNode?> ReadSpecialTokens()
    {
        var tokens = new Dictionary<string, JsonNode?>();
        foreach (var path in new[] { _config, Path.Combine(folder, "special_tokens_map.json") })
        {
            if (!File.Exists(path))
                continue;
            foreach (var (name, token) in JsonFile.Read(path, Tokens))
                tokens.TryAdd(name, token);
        }

        return tokens;
    }

    private string TemplateFile(string name)
    {
        if (name == Default)
            return Path.Combine(folder, "chat_template.jinja");
        if (name != Path.GetFileName(name) || name.IndexOfAny(['/', '\\', ':']) >= 0 || name.StartsWith('.'))
            throw new ArgumentException($"name must be a plain name without path separators; was '{name}'.", nameof(name));
        return Path.Combine(folder, "additional_chat_templates", $"{name}.jinja");
    }

    // One template, or a list of { name, template }.
    private static string? Named(JsonValue value, string name)
    {
        if (value.IsNull)
            return null;
        if (value.Element.ValueKind == JsonValueKind.String)
            return name == Default ? value.Text() : null;
        foreach (var item in value.Items())
        {
            if (item["name"].Text() == name)
                return item["template"].Text();
        }

        return null;
    }

    // "</s>" or { "content": "</s>", ... }
    private static List<(string, string)> Tokens(JsonValue root)
    {
        var tokens = new List<(string, string)>();
        if (root.Element.ValueKind != JsonValueKind.Object)
            throw root.Invalid("an object");
        foreach (var member in root.Element.EnumerateObject())
        {
            if (!member.Name.EndsWith("_token", StringComparison.Ordinal))
                continue;
            var token = root[member.Name];
            if (member.Value.ValueKind == JsonValueKind.String)
                tokens.Add((member.Name, token.Text()));
            else if (member.Value.ValueKind == JsonValueKind.Object && !token["content"].IsNull)
                tokens.Add((member.Name, token["content"].Text()));
        }

        return tokens;
    }

    private static string ReadText(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > LargestFile)
            throw new ChatTemplateException($"{path}: a template must have at most {LargestFile} bytes; it has {stream.Length}.");
        try
        {
            using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException e)
        {
            throw new ChatTemplateException($"{path}: a template must be UTF-8.", e);
        }
    }
}
