using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>A change of the rotary frequencies for texts longer than those of pretraining.</summary>
public abstract record RopeScaling
{
    private protected RopeScaling() { }

    /// <summary>The name in config.json, <c>rope_type</c>.</summary>
    internal abstract string Kind { get; }

    /// <summary>Sequences longer than this have frequencies of their own; null where length makes no difference.</summary>
    internal virtual int? ShortLength => null;

    /// <summary>The changed frequencies, in radians a position. In float32, as transformers computes them.</summary>
    /// <param name="powers"><c>Theta^(2i/d)</c> of each pair: the plain frequencies are their reciprocals.</param>
    /// <param name="isLong">Whether a sequence is longer than <see cref="ShortLength"/>.</param>
    internal abstract float[] Frequencies(float[] powers, bool isLong);

    /// <summary>Factor on cosine and sine.</summary>
    /// <param name="maxPositions">The longest sequence of the model.</param>
    internal virtual double Magnitude(int maxPositions) => 1;

    /// <summary>Throws where values contradict one another or the number of turned pairs.</summary>
    internal virtual void RequireConsistent(int pairs) { }

    internal abstract void WriteTo(JsonObject rope);
}
