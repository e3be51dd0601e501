using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>Rotary settings in both styles: rope_parameters of transformers 5, rope_theta and rope_scaling of older versions.</summary>
internal static class RopeKeys
{
    private const string Newer = "rope_parameters", Theta = "rope_theta", OlderScaling = "rope_scaling", OlderLocalTheta = "rope_local_base_freq";
    private const string Turned = "partial_rotary_factor", Original = "original_max_position_embeddings", Longest = "max_position_embeddings";
    private const string Global = "full_attention", Local = "sliding_attention";   // one of each in rope_parameters of Gemma 3

    /// <summary>The settings of all layers, or of those without a window and of those with one.</summary>
    public static (RopeConfig Rope, RopeConfig? Local) Read(ConfigObject root, ModelFamily family)
    {
        var hasLocal = family.Settings.HasFlag(FamilySettings.LocalRope);
        var older = root.Has(Theta) || root.Has(OlderScaling) ? ReadOne(root, root.Object(OlderScaling), family) : null;
        var olderLocal = hasLocal && root.OptionalPositive(OlderLocalTheta) is { } theta ? new RopeConfig { Theta = theta } : null;
        if (root.Object(Newer) is not { } parameters)
            return (older ?? Default(root, family), olderLocal ?? (hasLocal ? throw root.Missing(OlderLocalTheta) : null));
        var newer = ReadOne(root, hasLocal ? OfLayers(parameters, Global) : parameters, family);
        var newerLocal = hasLocal ? ReadOne(root, OfLayers(parameters, Local), family) : null;
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
            if (rope.Fraction < 1) root[Turned] = ConfigNumber.Of(rope.Fraction);
        }
        if (root.ContainsKey(Turned)) root[Turned] = ConfigNumber.Of(rope.Fraction);
        if (rope.Scaling is LongRopeScaling { OriginalMaxPositions: var original }) root[Original] = original;
    }

    private static JsonObject Parameters(RopeConfig rope)
    {
        var keys = Scaling(rope.Scaling);
        keys[Theta] = ConfigNumber.Of(rope.Theta);
        if (rope.Fraction < 1) keys[Turned] = ConfigNumber.Of(rope.Fraction);
        return keys;
    }

    private static JsonObject Scaling(RopeScaling? scaling)
    {
        var keys = new JsonObject { ["rope_type"] = scaling?.Kind ?? "default" };
        scaling?.WriteTo(keys);
        return keys;
    }

    // Each kind of layer has a base of its own: that of the other kind is no default for it.
    private static ConfigObject OfLayers(ConfigObject parameters, string kind) =>
        (parameters.Object(kind) ?? throw parameters.Missing(kind)) is var rope && rope.Has(Theta) ? rope : throw rope.Missing(Theta);

    private static RopeConfig Default(ConfigObject root, ModelFamily family) => ReadOne(root, scaling: null, family);

    private static RopeConfig ReadOne(ConfigObject root, ConfigObject? scaling, ModelFamily family) => new()
    {
        Theta = scaling?.OptionalPositive(Theta) ?? root.OptionalPositive(Theta) ?? DefaultTheta(root, family),
        Fraction = Fraction(root, scaling, family),
        Scaling = scaling is null ? null : ReadScaling(root, scaling),
    };

    // 10,000 in all families but Gemma 3, whose versions of transformers take 1,000,000.
    private static double DefaultTheta(ConfigObject root, ModelFamily family) =>
        family.Settings.HasFlag(FamilySettings.LocalRope) ? throw root.Missing(Theta) : 10_000;

    private static double Fraction(ConfigObject root, ConfigObject? scaling, ModelFamily family)
    {
        var (outer, inner) = (Fraction(root, family), scaling is null ? null : Fraction(scaling, family));
        return outer is null || inner is null || outer == inner
            ? outer ?? inner ?? 1
            : throw root.Contradiction(FormattableString.Invariant($"{Turned} must be the same wherever it is given; was {outer} and {inner}."));
    }

    private static double? Fraction(ConfigObject keys, ModelFamily family)
    {
        var fraction = keys.OptionalPositive(Turned);
        return fraction is null or 1 || family.Settings.HasFlag(FamilySettings.PartialRope) ? fraction : throw keys.Unsupported(Turned, "1");
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
                OriginalMaxPositions = scaling.Integer(Original, Limits.Positions),
            },
            LongRopeScaling.Name or "su" => ReadLongRope(root, scaling),   // "su" in the first files of Phi-3
            _ => throw scaling.Unsupported(key, $"one of default, {LinearRopeScaling.Name}, {Llama3RopeScaling.Name}, {LongRopeScaling.Name}"),
        };
    }

    private static LongRopeScaling ReadLongRope(ConfigObject root, ConfigObject scaling)
    {
        var original = root.OptionalInteger(Original, Limits.Positions) ?? scaling.Integer(Original, Limits.Positions);
        // Some versions of transformers use a factor that is given, others this quotient; it makes no difference where they are the same.
        if (scaling.OptionalPositive("factor") is { } factor && factor != (double)root.Integer(Longest, Limits.Positions) / original)
            throw scaling.Unsupported("factor", $"{Longest} / {Original}, or absent");
        return new LongRopeScaling
        {
            ShortFactors = scaling.Numbers("short_factor"),
            LongFactors = scaling.Numbers("long_factor"),
            OriginalMaxPositions = original,
            AttentionFactor = scaling.OptionalPositive("attention_factor"),
        };
    }
}
