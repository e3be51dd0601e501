namespace Alignment.Feedback;

/// <summary>How an <see cref="AiLabeler"/> labels.</summary>
public sealed record LabelerOptions
{
    /// <summary>Principles that vote on each pair, drawn by weight.</summary>
    /// <value>The default is null: all of the constitution. At least 1.</value>
    public int? PrinciplesPerPair { get; init => field = value is int v ? Ensure.AtLeast(v, 1) : null; }

    /// <summary>Whether the model thinks in words before it answers.</summary>
    /// <value>The default is false. It makes labels sure of themselves, so that <see cref="Clamp"/> belongs with it.</value>
    public bool UsesChainOfThought { get; init; }

    /// <summary>Probabilities are kept at least this far from 0 and 1.</summary>
    /// <value>The default is 0. At least 0 and below 0.5. Bai et al. 2022 (arXiv 2212.08073, section 4.1) take 0.4 with a chain of thought.</value>
    public double Clamp { get; init => field = Ensure.AtLeastZeroBelow(value, 0.5); }

    /// <summary>Alternatives of the answer's token that are asked for.</summary>
    /// <value>The default is 5. From 0 to 20; without log-probabilities a label is 0 or 1 for each order and principle, and soft by their mean
    /// alone.</value>
    public int TopLogProbs { get; init => field = (int)Ensure.Within(value, 0, 20); } = 5;

    /// <summary>The longest chain of thought, in tokens.</summary>
    /// <value>The default is 512. At least 1.</value>
    public int MaxThoughtTokens { get; init => field = Ensure.AtLeast(value, 1); } = 512;

    /// <summary>How often is asked whose answer is neither 1 nor 2.</summary>
    /// <value>The default is 2. At least 1.</value>
    public int MaxReadings { get; init => field = Ensure.AtLeast(value, 1); } = 2;

    /// <summary>Seeds the draw of principles, the nonces and the model's sampling.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;
}
