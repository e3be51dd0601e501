namespace Alignment.Losses;

/// <summary>By what <see cref="ChosenNllLoss"/> divides.</summary>
public enum NllNormalization
{
    /// <summary>Each response by its own number of tokens: every pair weighs the same.</summary>
    PerResponse,

    /// <summary>
    /// All by the mean number of tokens of the batch, so that the mean over pairs is the mean over tokens; as TRL does. Couples the pairs of a
    /// batch through that mean.
    /// </summary>
    PerToken,
}
