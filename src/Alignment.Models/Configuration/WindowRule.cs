using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>Which layers of a family have the sliding window: those that layer_types names, else those of the family's rule.</summary>
/// <param name="Default">The layers of the rule; null where the family has no window.</param>
/// <param name="IsUniform">Whether it is every layer, and layer_types is not written.</param>
/// <param name="HasSwitch">Whether use_sliding_window and max_window_layers are keys of the family.</param>
internal sealed record WindowRule(Func<ConfigObject, int, Func<int, bool>>? Default, bool IsUniform = false, bool HasSwitch = false)
{
    private const string Windowed = "sliding_attention", Full = "full_attention";

    public static WindowRule None { get; } = new(Default: null);

    /// <summary>Mistral, Phi-3.</summary>
    public static WindowRule EveryLayer { get; } = new((_, _) => _ => true, IsUniform: true);

    /// <summary>Qwen: the layers from max_window_layers on, if use_sliding_window says so.</summary>
    public static WindowRule UpperLayers { get; } = new(
        (root, _) =>
        {
            var first = root.WholeNumber("max_window_layers", Limits.Positions);
            return layer => layer >= first;
        },
        HasSwitch: true);

    /// <summary>Gemma 2: the first, the third and so on.</summary>
    public static WindowRule EverySecondLayer { get; } = new((_, _) => layer => layer % 2 == 0);

    /// <summary>Gemma 3: five of six, the pattern of sliding_window_pattern.</summary>
    public static WindowRule AllButEverySixthLayer { get; } = new((root, _) =>
    {
        var key = root.Has("sliding_window_pattern") ? "sliding_window_pattern" : "_sliding_window_pattern";
        var pattern = root.OptionalInteger(key, Limits.Layers) ?? 6;
        return layer => (layer + 1) % pattern != 0;
    });

    public SlidingWindow? Read(ConfigObject root, int layers)
    {
        if (Default is null || (HasSwitch && !root.Flag("use_sliding_window", false))) return RequireNone(root);
        if (!root.Names("sliding_window")) throw root.Missing("sliding_window");
        if (root.OptionalInteger("sliding_window", Limits.Positions) is not { } size) return RequireNone(root);
        var windowed = LayerTypes(root, layers)?.Select(type => type == Windowed).ToList();
        var rule = windowed is null ? Default(root, layers) : layer => windowed[layer];
        var indices = Enumerable.Range(0, layers).Where(rule).ToArray();
        if (indices.Length == 0) return null;
        return new SlidingWindow { Size = size, Layers = indices.Length == layers ? null : indices };
    }

    public void Write(DecoderConfig config, JsonObject root)
    {
        if (Default is null) return;
        var window = config.Attention.Window;
        root["sliding_window"] = window?.Size;
        if (IsUniform) return;
        if (HasSwitch)
        {
            root["use_sliding_window"] = window is not null;
            root["max_window_layers"] = window is null ? config.Layers : window.Layers is [var first, ..] ? first : 0;
        }
        root["layer_types"] = new JsonArray([.. Enumerable.Range(0, config.Layers)
            .Select(layer => (JsonNode)(window?.IsIn(layer) == true ? Windowed : Full))]);
    }

    /// <summary>Throws where a window is not one of the family.</summary>
    public void RequireKnown(SlidingWindow? window, int layers, string modelType)
    {
        if (window is null) return;
        if (Default is null) throw new ArgumentException($"Window must be null for {modelType}.");
        if (IsUniform && window.Layers is not null) throw new ArgumentException($"Window.Layers must be null, which is every layer, for {modelType}.");
        if (window.Layers is { } chosen && (chosen.Count == 0 || chosen[0] < 0 || chosen[^1] >= layers || chosen.Zip(chosen.Skip(1)).Any(pair => pair.First >= pair.Second)))
            throw new ArgumentException($"Window.Layers must be indices from 0 to {layers - 1}, ascending; were {string.Join(", ", chosen.Take(20))}.");
    }

    private static SlidingWindow? RequireNone(ConfigObject root) =>
        root.Texts("layer_types").Contains(Windowed)
            ? throw root.Contradiction($"layer_types must be {Full} alone where there is no sliding window; holds {Windowed}.")
            : null;

    private static string[]? LayerTypes(ConfigObject root, int layers)
    {
        if (root.Texts("layer_types") is not { Length: > 0 } types) return null;
        if (types.Any(type => type is not (Windowed or Full))) throw root.Unsupported("layer_types", $"made of {Full} and {Windowed}");
        return types.Length == layers
            ? types
            : throw root.Contradiction($"layer_types must name {layers} layers, as num_hidden_layers says; names {types.Length}.");
    }
}
