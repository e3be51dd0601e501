using System.Text.Json.Nodes;

namespace Alignment.Models;

/// <summary>The scaling of Phi-3: each frequency has a divisor of its own, one for short sequences and one for long ones.</summary>
/// <remarks>
/// LongRoPE, Ding et al. 2024 (arXiv 2402.13753), as transformers' <c>_compute_longrope_parameters</c>. Which divisors hold is decided for a
/// whole batch by its longest sequence, and for generation by the longest sequence that there is room for.
/// </remarks>
public sealed record LongRopeScaling : RopeScaling
{
    internal const string Name = "longrope";

    /// <summary>Divisors up to <see cref="OriginalMaxPositions"/> tokens, <c>short_factor</c>.</summary>
    /// <value>One for each turned pair of numbers; finite and greater than 0.</value>
    public required IReadOnlyList<double> ShortFactors { get; init => field = Factors(value, nameof(ShortFactors)); }

    /// <summary>Divisors above, <c>long_factor</c>.</summary>
    /// <value>One for each turned pair of numbers; finite and greater than 0.</value>
    public required IReadOnlyList<double> LongFactors { get; init => field = Factors(value, nameof(LongFactors)); }

    /// <summary>Longest text of pretraining, in tokens, <c>original_max_position_embeddings</c>.</summary>
    /// <value>From 2 to 134,217,728.</value>
    public required int OriginalMaxPositions
    {
        get;
        init => field = Check.Within(value, Limits.Positions) > 1 ? value : throw new ArgumentOutOfRangeException(
            nameof(OriginalMaxPositions), value, $"{nameof(OriginalMaxPositions)} must be greater than 1.");
    }

    /// <summary>Factor on cosine and sine, <c>attention_factor</c>.</summary>
    /// <value>The default, null, is <c>√(1 + ln s / ln OriginalMaxPositions)</c> with s = longest sequence / OriginalMaxPositions, and 1 where s ≤ 1.</value>
    public double? AttentionFactor { get; init => field = value is { } factor ? Check.Positive(factor) : null; }

    /// <inheritdoc/>
    public bool Equals(LongRopeScaling? other) =>
        other is not null && OriginalMaxPositions == other.OriginalMaxPositions && AttentionFactor == other.AttentionFactor
        && ShortFactors.SequenceEqual(other.ShortFactors) && LongFactors.SequenceEqual(other.LongFactors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(OriginalMaxPositions, AttentionFactor, ShortFactors.Count, LongFactors[0]);

    internal override string Kind => Name;

    internal override int? ShortLength => OriginalMaxPositions;

    internal override float[] Frequencies(float[] powers, bool isLong)
    {
        var factors = isLong ? LongFactors : ShortFactors;
        return [.. powers.Select((power, pair) => 1 / ((float)factors[pair] * power))];
    }

    internal override double Magnitude(int maxPositions)
    {
        var stretch = (double)maxPositions / OriginalMaxPositions;
        return AttentionFactor ?? (stretch <= 1 ? 1 : Math.Sqrt(1 + Math.Log(stretch) / Math.Log(OriginalMaxPositions)));
    }

    internal override void RequireConsistent(int pairs)
    {
        if (ShortFactors.Count != pairs || LongFactors.Count != pairs)
            throw new ArgumentException(
                $"ShortFactors and LongFactors must hold {pairs} numbers, one for each turned pair; hold {ShortFactors.Count} and {LongFactors.Count}.");
    }

    internal override void WriteTo(JsonObject rope)
    {
        rope["short_factor"] = new JsonArray([.. ShortFactors.Select(ConfigNumber.Of)]);
        rope["long_factor"] = new JsonArray([.. LongFactors.Select(ConfigNumber.Of)]);
        rope["original_max_position_embeddings"] = OriginalMaxPositions;
        if (AttentionFactor is { } factor) rope["attention_factor"] = ConfigNumber.Of(factor);
    }

    private static double[] Factors(IReadOnlyList<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        foreach (var value in values) Check.Positive(value, name);
        return values.Count > 0 ? [.. values] : throw new ArgumentException($"{name} must hold at least one number.", name);
    }
}
