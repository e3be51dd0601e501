using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>How families spell their settings in config.json.</summary>
internal abstract class ConfigKeys
{
    /// <summary>Reads and checks every setting.</summary>
    public abstract DecoderConfig Read(ConfigObject root, ModelFamily family);

    /// <summary>Puts every setting into the object but rotary positions and data type, leaving all other keys as they are.</summary>
    public abstract void Write(DecoderConfig config, ModelFamily family, JsonObject root);

    /// <summary>Refuses what no family of ours does.</summary>
    protected static void RequireSupported(ConfigObject root, ModelFamily family)
    {
        foreach (var key in (string[])["is_encoder_decoder", "add_cross_attention", "use_bidirectional_attention"])
            if (root.Flag(key, false)) throw root.Unsupported(key, "false");
        if (root.Has("quantization_config")) throw root.Unsupported("quantization_config", "absent: weights must not be quantized");
        foreach (var key in (string[])["hidden_act", "hidden_activation", "activation_function"])
            if (root.Text(key) is { } name && !family.Activation.Names.Contains(name)) throw root.Unsupported(key, string.Join(" or ", family.Activation.Names));
    }
}
