namespace Alignment.Data;

/// <summary>Which of the rated responses to one prompt become pairs.</summary>
public enum RatingPairing
{
    /// <summary>The best response against the worst: one pair a prompt, with the clearest difference.</summary>
    BestAgainstWorst,

    /// <summary>The best response against one drawn from those below it: one pair a prompt, as Zephyr binarised UltraFeedback.</summary>
    BestAgainstRandom,

    /// <summary>Every two responses: n (n - 1) / 2 pairs for n different ratings.</summary>
    All,
}
