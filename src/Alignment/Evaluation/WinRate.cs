namespace Alignment.Evaluation;

/// <summary>How often one model's answer is scored higher than another's to the same prompt.</summary>
public static class WinRate
{
    /// <summary>Compares scores prompt by prompt: the share of wins, ties as halves, with its interval over prompts that might have been asked instead.</summary>
    /// <remarks>Both answers to a prompt are drawn together, so that prompts which are hard for both widen nothing.</remarks>
    /// <param name="scores">Of the model's answers; at least one.</param>
    /// <param name="others">Of the other model's answers to the same prompts, in the same order.</param>
    /// <param name="options">The draws; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no score, or not one of each for every prompt, or one is not a number.</exception>
    public static Estimate Of(IReadOnlyList<double> scores, IReadOnlyList<double> others, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(others);
        if (scores.Count == 0 || scores.Count != others.Count)
            throw new ArgumentException($"There must be at least one prompt, with a score of each; got {scores.Count} and {others.Count}.", nameof(others));
        if (scores.Concat(others).Any(double.IsNaN)) throw new ArgumentException("Every score must be a number; one was NaN.", nameof(scores));
        return Bootstrap.Mean([.. scores.Zip(others, (ours, theirs) => ours > theirs ? 1 : ours < theirs ? 0 : 0.5)], options);
    }
}
