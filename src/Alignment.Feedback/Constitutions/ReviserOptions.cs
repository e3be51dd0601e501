namespace Alignment.Feedback;

/// <summary>How a <see cref="CritiqueReviser"/> works.</summary>
public sealed record ReviserOptions
{
    /// <summary>Rounds of critique and revision, each by another principle.</summary>
    /// <value>The default is 2. At least 1. Bai et al. 2022 make four.</value>
    public int MaxRounds { get; init => field = Ensure.AtLeast(value, 1); } = 2;

    /// <summary>Seeds the draw of principles, the nonces and the model's sampling.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;

    /// <summary>How freely critiques and revisions are sampled.</summary>
    /// <value>The default is 0. Finite, 0 or greater.</value>
    public double Temperature { get; init => field = Ensure.NotNegative(value); }

    /// <summary>The longest critique and the longest revision, in tokens. A revision that is cut there is a failure: it would teach to stop in the
    /// middle.</summary>
    /// <value>The default is 1,024. At least 1.</value>
    public int MaxOutputTokens { get; init => field = Ensure.AtLeast(value, 1); } = 1024;

    /// <summary>Whether the model may say that there is nothing to change, which spares the revision.</summary>
    /// <value>The default is true; Bai et al. always revise.</value>
    public bool MayKeep { get; init; } = true;
}
