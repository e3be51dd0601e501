using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>Position interpolation: all frequencies are divided by one factor.</summary>
/// <remarks>Chen et al. 2023 (arXiv 2306.15595).</remarks>
public sealed record LinearRopeScaling : RopeScaling
{
    internal const string Name = "linear";

    /// <summary>The divisor.</summary>
    /// <value>Finite and greater than 0.</value>
    public required double Factor { get; init => field = Check.Positive(value); }

    internal override string Kind => Name;

    internal override float[] Frequencies(float[] powers, bool isLong) => [.. powers.Select(power => 1 / power / (float)Factor)];

    internal override void WriteTo(JsonObject rope) => rope["factor"] = ConfigNumber.Of(Factor);
}
