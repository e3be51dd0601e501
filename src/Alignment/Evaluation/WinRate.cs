using Alignment.Training;

namespace Alignment.Evaluation;

/// <summary>How often one model's answer is scored higher than another's to the same prompt.</summary>
/// <param name="Value">The share of prompts, ties as halves.</param>
/// <param name="Interval">95 % of it over prompts that might have been asked instead.</param>
/// <param name="Prompts">Of how many.</param>
public sealed record WinRate(double Value, (double Low, double High) Interval, int Prompts)
{
    private const int Resamples = 2000;

    /// <summary>Compares scores prompt by prompt.</summary>
    /// <remarks>
    /// The interval is the percentile bootstrap of Efron 1979, "Bootstrap methods", over prompts: both answers to a prompt are drawn together, so
    /// that prompts which are hard for both widen nothing.
    /// </remarks>
    /// <param name="scores">Of the model's answers; at least one.</param>
    /// <param name="others">Of the other model's answers to the same prompts, in the same order.</param>
    /// <param name="seed">What prompts are drawn from.</param>
    /// <exception cref="ArgumentException">There is no score, or not one of each for every prompt, or one is not a number.</exception>
    public static WinRate Of(IReadOnlyList<double> scores, IReadOnlyList<double> others, int seed = 42)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(others);
        if (scores.Count == 0 || scores.Count != others.Count)
            throw new ArgumentException($"There must be at least one prompt, with a score of each; got {scores.Count} and {others.Count}.", nameof(others));
        if (scores.Concat(others).Any(double.IsNaN)) throw new ArgumentException("Every score must be a number; one was NaN.", nameof(scores));
        double[] wins = [.. scores.Zip(others, (ours, theirs) => ours > theirs ? 1 : ours < theirs ? 0 : 0.5)];
        var random = new SplitMix64((ulong)seed);
        double[] means = [.. Enumerable.Range(0, Resamples).Select(_ => Enumerable.Range(0, wins.Length).Sum(_ => wins[(int)random.Below((ulong)wins.Length)]) / wins.Length).Order()];
        return new WinRate(wins.Average(), (means[(int)(0.025 * Resamples)], means[(int)(0.975 * Resamples) - 1]), wins.Length);
    }
}
