using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>The scaling of Llama 3.1: long waves are stretched by a factor, short ones kept, those between blended.</summary>
/// <remarks>As transformers' <c>_compute_llama3_parameters</c>; the Llama 3 herd of models (arXiv 2407.21783), section 3.4.2.</remarks>
public sealed record Llama3RopeScaling : RopeScaling
{
    internal const string Name = "llama3";

    /// <summary>By how much long waves are stretched, <c>factor</c>.</summary>
    /// <value>Finite and greater than 0.</value>
    public required double Factor { get; init => field = Check.Positive(value); }

    /// <summary>Waves longer than <see cref="OriginalMaxPositions"/> divided by this are stretched in full, <c>low_freq_factor</c>.</summary>
    /// <value>The default is 1. Finite and greater than 0.</value>
    public double LowFrequencyFactor { get; init => field = Check.Positive(value); } = 1;

    /// <summary>Waves shorter than <see cref="OriginalMaxPositions"/> divided by this are kept, <c>high_freq_factor</c>.</summary>
    /// <value>The default is 4. Greater than <see cref="LowFrequencyFactor"/>.</value>
    public double HighFrequencyFactor { get; init => field = Check.Positive(value); } = 4;

    /// <summary>Longest text of pretraining, in tokens, <c>original_max_position_embeddings</c>.</summary>
    /// <value>From 1 to 134,217,728.</value>
    public required int OriginalMaxPositions { get; init => field = Check.Within(value, Limits.Positions); }

    internal override string Kind => Name;

    internal override float[] Frequencies(float[] powers, bool isLong) => [.. powers.Select(power => Scale(1 / power))];

    internal override void RequireConsistent(int pairs)
    {
        if (HighFrequencyFactor <= LowFrequencyFactor)
            throw new ArgumentException(FormattableString.Invariant(
                $"HighFrequencyFactor must be greater than LowFrequencyFactor; were {HighFrequencyFactor} and {LowFrequencyFactor}."));
    }

    internal override void WriteTo(JsonObject rope)
    {
        rope["factor"] = ConfigNumber.Of(Factor);
        rope["high_freq_factor"] = ConfigNumber.Of(HighFrequencyFactor);
        rope["low_freq_factor"] = ConfigNumber.Of(LowFrequencyFactor);
        rope["original_max_position_embeddings"] = OriginalMaxPositions;
    }

    private float Scale(float frequency)
    {
        var (factor, low, high) = ((float)Factor, (float)LowFrequencyFactor, (float)HighFrequencyFactor);
        var wave = 2 * MathF.PI / frequency;   // tokens a turn
        if (wave > OriginalMaxPositions / low) return frequency / factor;
        if (wave < OriginalMaxPositions / high) return frequency;
        var kept = (OriginalMaxPositions / wave - low) / (high - low);
        return (1 - kept) * frequency / factor + kept * frequency;
    }
}
