using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>A change of the rotary frequencies for texts longer than those of pretraining.</summary>
public abstract record RopeScaling
{
    private protected RopeScaling() { }

    /// <summary>The name in config.json, <c>rope_type</c>.</summary>
    internal abstract string Kind { get; }

    /// <summary>The changed frequency, in radians a position. In float32, as transformers computes it.</summary>
    internal abstract float Scale(float frequency);

    internal virtual void RequireConsistent() { }

    internal abstract void WriteTo(JsonObject rope);
}
