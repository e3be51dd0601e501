namespace Alignment.Losses;

/// <summary>Which log-ratio <see cref="IpoLoss"/> squares.</summary>
public enum IpoNormalization
{
    /// <summary>Divided by the number of response tokens, so that long responses do not dominate; as TRL does. Needs lengths.</summary>
    PerToken,

    /// <summary>Of the whole response, as the paper writes it.</summary>
    Summed,
}
