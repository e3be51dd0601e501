namespace Alignment.Feedback;

/// <summary>Two answers that want a label.</summary>
/// <param name="Prompt">What both answer.</param>
/// <param name="First">One answer.</param>
/// <param name="Second">The other.</param>
public sealed record LabelCandidate(Transcript Prompt, Transcript First, Transcript Second)
{
    /// <summary>The row's own name, or null.</summary>
    public string? Id { get; init; }

    /// <summary>Where the row comes from, or null.</summary>
    public string? Source { get; init; }

    /// <summary>Which answer somebody else preferred: how far labels agree with it is reported.</summary>
    /// <value>The default is null: not known.</value>
    public Preference? Known { get; init; }

    /// <summary>A pair that has a label already, to be labelled anew.</summary>
    /// <param name="pair">The pair; its chosen response becomes the first answer.</param>
    public static LabelCandidate Of(PreferencePair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return new(pair.Prompt, pair.Chosen, pair.Rejected) { Id = pair.Id, Source = pair.Source, Known = Preference.First };
    }
}
