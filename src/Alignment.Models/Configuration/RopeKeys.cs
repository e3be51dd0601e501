using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>Rotary settings in both styles: rope_parameters of transformers 5, rope_theta and rope_scaling of older versions.</summary>
internal static class RopeKeys
{
    private const double DefaultTheta = 10_000;

    public static RopeConfig Read(ConfigObject root)
    {
        var older = root.Has("rope_theta") || root.Has("rope_scaling") ? ReadOne(root, root.Object("rope_scaling")) : null;
        if (root.Object("rope_parameters") is not { } parameters) return older ?? new RopeConfig { Theta = DefaultTheta };
        var newer = ReadOne(root, parameters);
        return older is null || older == newer
            ? newer
            : throw root.Contradiction("rope_parameters and rope_theta or rope_scaling must say the same where both are given; they differ.");
    }

    /// <summary>Writes the style that the object already has, and both where it has neither.</summary>
    public static void Write(RopeConfig rope, JsonObject root)
    {
        var (newer, older) = (root.ContainsKey("rope_parameters"), root.ContainsKey("rope_theta") || root.ContainsKey("rope_scaling"));
        if (newer || !older)
        {
            var parameters = Scaling(rope.Scaling);
            parameters["rope_theta"] = ConfigNumber.Of(rope.Theta);
            root["rope_parameters"] = parameters;
        }
        if (older || !newer)
        {
            root["rope_theta"] = ConfigNumber.Of(rope.Theta);
            root["rope_scaling"] = rope.Scaling is null ? null : Scaling(rope.Scaling);
        }
    }

    private static JsonObject Scaling(RopeScaling? scaling)
    {
        var keys = new JsonObject { ["rope_type"] = scaling?.Kind ?? "default" };
        scaling?.WriteTo(keys);
        return keys;
    }

    private static RopeConfig ReadOne(ConfigObject root, ConfigObject? scaling) => new()
    {
        Theta = scaling?.OptionalPositive("rope_theta") ?? root.OptionalPositive("rope_theta") ?? DefaultTheta,
        Scaling = scaling is null ? null : ReadScaling(scaling),
    };

    private static RopeScaling? ReadScaling(ConfigObject scaling)
    {
        if (scaling.OptionalNumber("partial_rotary_factor") is not (null or 1)) throw scaling.Unsupported("partial_rotary_factor", "1");
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
            _ => throw scaling.Unsupported(key, $"one of default, {LinearRopeScaling.Name}, {Llama3RopeScaling.Name}"),
        };
    }
}
