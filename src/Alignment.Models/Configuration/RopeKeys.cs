using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>Rotary settings in both styles: rope_parameters of transformers 5, rope_theta and rope_scaling of older versions.</summary>
internal static class RopeKeys
{
    private const string Newer = "rope_parameters", Theta = "rope_theta", OlderScaling = "rope_scaling", OlderLocalTheta = "rope_local_base_freq";
    private const string Global = "full_attention", Local = "sliding_attention";   // one of each in rope_parameters of Gemma 3

    /// <summary>The settings of all layers, or of those without a window and of those with one.</summary>
    public static (RopeConfig Rope, RopeConfig? Local) Read(ConfigObject root, ModelFamily family)
    {
        var hasLocal = family.Settings.HasFlag(FamilySettings.LocalRope);
        var older = root.Has(Theta) || root.Has(OlderScaling) ? ReadOne(root, root.Object(OlderScaling), family) : null;
        var olderLocal = hasLocal && root.OptionalPositive(OlderLocalTheta) is { } theta ? new RopeConfig { Theta = theta } : null;
        if (root.Object(Newer) is not { } parameters)
            return (older ?? Default(root, family), olderLocal ?? (hasLocal ? throw root.Missing(OlderLocalTheta) : null));
        var newer = ReadOne(root, hasLocal ? parameters.Object(Global) ?? throw parameters.Missing(Global) : parameters, family);
        var newerLocal = hasLocal ? ReadOne(root, parameters.Object(Local) ?? throw parameters.Missing(Local), family) : null;
        return (older is null || older == newer) && (olderLocal is null || olderLocal == newerLocal)
            ? (newer, newerLocal)
            : throw root.Contradiction($"{Newer} and {Theta} or {OlderScaling} must say the same where both are given; they differ.");
    }

    /// <summary>Writes the style that the object already has, and both where it has neither.</summary>
    public static void Write(DecoderConfig config, JsonObject root)
    {
        var (rope, local) = (config.Rope, config.LocalRope);
        var (newer, older) = (root.ContainsKey(Newer), root.ContainsKey(Theta) || root.ContainsKey(OlderScaling));
        if (newer || !older)
            root[Newer] = local is null ? Parameters(rope) : new JsonObject { [Global] = Parameters(rope), [Local] = Parameters(local) };
        if (older || !newer)
        {
            root[Theta] = ConfigNumber.Of(rope.Theta);
            root[OlderScaling] = rope.Scaling is null ? null : Scaling(rope.Scaling);
            if (local is not null) root[OlderLocalTheta] = ConfigNumber.Of(local.Theta);
            if (rope.Fraction < 1) root["partial_rotary_factor"] = ConfigNumber.Of(rope.Fraction);
        }
        if (rope.Scaling is LongRopeScaling { OriginalMaxPositions: var original }) root["original_max_position_embeddings"] = original;
    }

    private static JsonObject Parameters(RopeConfig rope)
    {
        var keys = Scaling(rope.Scaling);
        keys[Theta] = ConfigNumber.Of(rope.Theta);
        if (rope.Fraction < 1) keys["partial_rotary_factor"] = ConfigNumber.Of(rope.Fraction);
        return keys;
    }

    private static JsonObject Scaling(RopeScaling? scaling)
    {
        var keys = new JsonObject { ["rope_type"] = scaling?.Kind ?? "default" };
        scaling?.WriteTo(keys);
        return keys;
    }

    private static RopeConfig Default(ConfigObject root, ModelFamily family) => ReadOne(root, scaling: null, family);

    private static RopeConfig ReadOne(ConfigObject root, ConfigObject? scaling, ModelFamily family) => new()
    {
        Theta = scaling?.OptionalPositive(Theta) ?? root.OptionalPositive(Theta) ?? 10_000,
        Fraction = Fraction(root, family) ?? (scaling is null ? null : Fraction(scaling, family)) ?? 1,
        Scaling = scaling is null ? null : ReadScaling(root, scaling),
    };

    private static double? Fraction(ConfigObject keys, ModelFamily family)
    {
        const string key = "partial_rotary_factor";
        var fraction = keys.OptionalPositive(key);
        return fraction is null or 1 || family.Settings.HasFlag(FamilySettings.PartialRope) ? fraction : throw keys.Unsupported(key, "1");
    }

    private static RopeScaling? ReadScaling(ConfigObject root, ConfigObject scaling)
    {
        var key = scaling.Has("rope_type") || !scaling.Has("type") ? "rope_type" : "type";   // "type" in files of 2023
        return (scaling.Text(key) ?? "default") switch
        {
            "default" => null,
            LinearRopeScaling.Name => new LinearRopeScaling { Factor = scaling.Positive("factor") },
            Llama3RopeScaling.Name => new Llama3RopeScaling
            {
                Factor = scaling.Positive("factor"),
                LowFrequencyFactor = scaling.Positive("low_freq_factor"),
                HighFrequencyFactor = scaling.Positive("high_freq_factor"),
                OriginalMaxPositions = scaling.Integer("original_max_position_embeddings", Limits.Positions),
            },
            LongRopeScaling.Name or "su" => new LongRopeScaling   // "su" in the first files of Phi-3
            {
                ShortFactors = scaling.Numbers("short_factor"),
                LongFactors = scaling.Numbers("long_factor"),
                OriginalMaxPositions = root.OptionalInteger("original_max_position_embeddings", Limits.Positions)
                    ?? scaling.Integer("original_max_position_embeddings", Limits.Positions),
                AttentionFactor = scaling.OptionalPositive("attention_factor"),
            },
            _ => throw scaling.Unsupported(key, $"one of default, {LinearRopeScaling.Name}, {Llama3RopeScaling.Name}, {LongRopeScaling.Name}"),
        };
    }
}
