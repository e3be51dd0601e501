using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>adapter_config.json, as PEFT writes it. Whatever it asks for and this library doesn't do is refused by name.</summary>
internal static class AdapterConfig
{
    private const int LargestSize = 16 << 20;   // bytes; the targets of a large model by full name have about a hundred thousand

    private static readonly JsonDocumentOptions JsonOptions = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    // What is read below, and what says nothing about the numbers: fan_in_fan_out follows from the model, loftq_config from init_lora_weights.
    private static readonly HashSet<string> Known =
    [
        "peft_type", "task_type", "r", "lora_alpha", "lora_dropout", "use_rslora", "target_modules", "exclude_modules", "layers_to_transform",
        "layers_pattern", "rank_pattern", "alpha_pattern", "modules_to_save", "bias", "init_lora_weights", "base_model_name_or_path",
        "auto_mapping", "fan_in_fan_out", "inference_mode", "loftq_config", "megatron_core", "peft_version", "qalora_group_size", "revision",
        "runtime_config",
    ];

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layersName">Name of the model's list of layers, the one that layers_pattern may have.</param>
    /// <returns>The options, and the text as it is.</returns>
    public static (LoraOptions Options, string Text) Read(string path, string layersName)
    {
        var bytes = BoundedFile.Read(path, LargestSize) ?? throw new ModelFormatException($"{path}: must be at most {LargestSize >> 20} MiB.");
        try
        {
            var text = Encoding.UTF8.GetString(bytes.Span);
            using var document = JsonDocument.Parse(text, JsonOptions);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new ModelFormatException($"{path}: must be a JSON object.");
            return (Options(new ConfigObject(path, document.RootElement), document.RootElement, layersName), text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: an escaped half of a surrogate pair
        {
            throw new ModelFormatException($"{path}: must be JSON without duplicate keys, at most {JsonOptions.MaxDepth} levels deep. {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new ModelFormatException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Writes the file that was read, or a new one with the keys that every version of PEFT knows.</summary>
    public static void Write(string path, Adapter adapter, IReadOnlyList<NamedPart> parts) =>
        JsonText.Write(path, adapter.Source is { } text ? JsonNode.Parse(text, documentOptions: JsonOptions)!.AsObject() : New(adapter, parts));

    private static LoraOptions Options(ConfigObject root, JsonElement element, string layersName)
    {
        if (root.Text("peft_type") != "LORA") throw root.Unsupported("peft_type", "LORA");
        foreach (var setting in element.EnumerateObject())
            if (!Known.Contains(setting.Name) && !IsOff(setting.Value)) throw root.Unsupported(setting.Name, "absent or off");
        if (root.Text("task_type") is not (null or "CAUSAL_LM" or "SEQ_CLS")) throw root.Unsupported("task_type", "CAUSAL_LM or SEQ_CLS");
        if (root.Text("bias") is not (null or "none")) throw root.Unsupported("bias", "none");
        // Of the others some change the base weights, which an adapter by itself then doesn't fit.
        if (element.TryGetProperty("init_lora_weights", out var start) && start.ValueKind == JsonValueKind.String
            && start.GetString() is not ("gaussian" or "eva" or "orthogonal"))
            throw root.Unsupported("init_lora_weights", "true, false, gaussian, eva or orthogonal");
        return new LoraOptions
        {
            Rank = root.Integer("r", LoraOptions.LargestRank),
            Alpha = root.Positive("lora_alpha"),
            Dropout = root.OptionalNumber("lora_dropout") ?? 0,
            UsesRankStabilization = root.Flag("use_rslora", false),
            Targets = Targets(root, element, layersName),
            RankPattern = Pattern(element, root.Object("rank_pattern"), "rank_pattern", (values, key) => values.Integer(key, LoraOptions.LargestRank)),
            AlphaPattern = Pattern(element, root.Object("alpha_pattern"), "alpha_pattern", (values, key) => values.Positive(key)),
            ModulesToSave = root.Texts("modules_to_save"),
            BaseModelName = root.Text("base_model_name_or_path"),
        };
    }

    private static LoraTargets Targets(ConfigObject root, JsonElement element, string layersName)
    {
        if (!root.Has("target_modules")) throw root.Missing("target_modules");
        string[] patterns = IsText(element, "layers_pattern") ? [root.Text("layers_pattern")!] : root.Texts("layers_pattern");
        if (patterns.Any(pattern => pattern.Length > 0 && pattern != layersName)) throw root.Unsupported("layers_pattern", layersName);
        if (IsText(element, "exclude_modules")) throw root.Unsupported("exclude_modules", "a list of names");
        int[] layers = !root.Has("layers_to_transform") ? []
            : element.GetProperty("layers_to_transform").ValueKind == JsonValueKind.Array
                ? [.. root.Numbers("layers_to_transform").Select(number => Layer(root, number))]
                : [root.WholeNumber("layers_to_transform", Limits.Layers)];
        var targets = !IsText(element, "target_modules") ? LoraTargets.Named(root.Texts("target_modules"))
            : root.Text("target_modules") is { } text && text.Equals("all-linear", StringComparison.OrdinalIgnoreCase) ? LoraTargets.AllLinear
            : LoraTargets.Matching(root.Text("target_modules")!);
        return targets with { Exclude = root.Texts("exclude_modules"), Layers = layers };
    }

    private static int Layer(ConfigObject root, double number) => number is >= 0 and <= Limits.Layers && number == Math.Floor(number)
        ? (int)number
        : throw root.Unsupported("layers_to_transform", $"whole numbers from 0 to {Limits.Layers}");

    private static Dictionary<string, T> Pattern<T>(JsonElement element, ConfigObject? values, string key, Func<ConfigObject, string, T> read) =>
        values is null ? [] : element.GetProperty(key).EnumerateObject().ToDictionary(entry => entry.Name, entry => read(values, entry.Name));

    private static bool IsText(JsonElement element, string key) =>
        element.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String;

    private static bool IsOff(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };

    private static JsonObject New(Adapter adapter, IReadOnlyList<NamedPart> parts)
    {
        var options = adapter.Options;
        var updated = adapter.Steps.Where(step => step.Rank is not null).ToList();
        var root = new JsonObject
        {
            ["alpha_pattern"] = Object(options.AlphaPattern, Whole),
            ["auto_mapping"] = null,
            ["base_model_name_or_path"] = options.BaseModelName,
            ["bias"] = "none",
            ["fan_in_fan_out"] = updated.Exists(step => step.Part.IsTransposed),
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["layers_pattern"] = null,
            ["layers_to_transform"] = options.Targets is { Names: not null, Layers.Count: > 0 } ? Array(options.Targets.Layers) : null,
            ["lora_alpha"] = Whole(options.Alpha),
            ["lora_dropout"] = ConfigNumber.Of(options.Dropout),
            ["modules_to_save"] = options.ModulesToSave.Count > 0 ? Array(options.ModulesToSave) : null,
            ["peft_type"] = "LORA",
            ["r"] = options.Rank,
            ["rank_pattern"] = Object(options.RankPattern, rank => JsonValue.Create(rank)),
            ["revision"] = null,
            ["target_modules"] = Targets(options.Targets, [.. updated.Select(step => step.Name)], parts),
            ["task_type"] = adapter.Steps.Any(step => step.Rank is null && step.Name == HeadProjection.Name) ? "SEQ_CLS" : "CAUSAL_LM",
            ["use_dora"] = false,
            ["use_rslora"] = options.UsesRankStabilization,
        };
        if (options.Targets is ({ Names: not null } or { Pattern: not null }) and { Exclude.Count: > 0 })
            root["exclude_modules"] = Array(options.Targets.Exclude);   // versions before 0.14 don't know the key
        return root;
    }

    /// <summary>Targets as they were given; all linear layers by the ends of their names, or in full where those would say more.</summary>
    private static JsonNode Targets(LoraTargets targets, IReadOnlyList<string> names, IReadOnlyList<NamedPart> parts)
    {
        if (targets.Pattern is { } pattern) return pattern;
        if (targets.Names is { } given) return Array(given);
        var ends = names.Select(LastOf).Distinct().ToList();
        return Array(parts.Select(part => part.Name).Except(names).Any(other => ends.Contains(LastOf(other))) ? names : ends);
    }

    private static string LastOf(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static JsonArray Array<T>(IEnumerable<T> values) => [.. values.Select(value => (JsonNode?)JsonValue.Create(value))];

    private static JsonObject Object<T>(IReadOnlyDictionary<string, T> values, Func<T, JsonNode?> node) =>
        new(values.Select(entry => KeyValuePair.Create(entry.Key, node(entry.Value))));

    // PEFT's alpha is an int, and a float where it has to be.
    private static JsonNode Whole(double value) => value == Math.Floor(value) && value < 1L << 53 ? JsonValue.Create((long)value) : ConfigNumber.Of(value);
}
