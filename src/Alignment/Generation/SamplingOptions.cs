using System.Runtime.CompilerServices;

namespace Alignment.Generation;

/// <summary>How a token is drawn from the logits of a step: temperature, then top-k, top-p and min-p, each on what the one before left.</summary>
/// <remarks>Order and edges are those of transformers' logits processors, so that one setting means one distribution in both.</remarks>
public sealed record SamplingOptions
{
    /// <summary>Logits are divided by it: below 1 sharpens, above 1 flattens.</summary>
    /// <value>The default is 1. Finite and greater than 0.</value>
    public double Temperature { get; init => field = NotZero(value); } = 1;

    /// <summary>Only the most likely tokens, this many and those that tie with the last.</summary>
    /// <value>The default is null: all. At least 1.</value>
    public int? TopK { get; init => field = value is { } k ? Ensure.AtLeast(k, 1) : null; }

    /// <summary>Only the most likely tokens, as few as together reach this probability; at least one.</summary>
    /// <value>The default is null: all. Greater than 0 and at most 1.</value>
    /// <remarks>Holtzman et al. 2020 (arXiv 1904.09751).</remarks>
    public double? TopP { get; init => field = value is { } p ? Ensure.AboveZeroAtMost(p, 1) : null; }

    /// <summary>Only tokens at least this many times as likely as the most likely one.</summary>
    /// <value>The default is null: all. Greater than 0 and at most 1.</value>
    /// <remarks>Nguyen et al. 2024 (arXiv 2407.01082).</remarks>
    public double? MinP { get; init => field = value is { } p ? Ensure.AboveZeroAtMost(p, 1) : null; }

    /// <summary>Whether nothing is left out, so that log-probabilities at <see cref="Temperature"/> are those of the draw.</summary>
    /// <remarks>
    /// A trainer that compares a policy with what was sampled from it needs this: a filter of today's policy says nothing about the tokens that
    /// tomorrow's would leave out.
    /// </remarks>
    public bool IsTemperatureOnly => TopK is null && TopP is null or 1 && MinP is null;

    private static double NotZero(double value, [CallerMemberName] string name = "") => value != 0
        ? Ensure.Positive(value, name)
        : throw new ArgumentOutOfRangeException(
            name, value, $"{name} must be a finite number greater than 0; for the most likely token of every step, leave Sampling null.");
}
