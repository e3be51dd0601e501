namespace Alignment.Feedback;

/// <summary>A soft label and the votes that it is made of.</summary>
/// <param name="Candidate">The answers.</param>
/// <param name="FirstWins">The probability that the first answer is better: the mean of the votes by weight, clamped.</param>
/// <param name="Votes">One for each principle.</param>
public sealed record AiLabel(LabelCandidate Candidate, double FirstWins, IReadOnlyList<PrincipleVote> Votes)
{
    /// <summary>The better answer; a tie at one half.</summary>
    public Preference Preference => FirstWins switch
    {
        > 0.5 => Preference.First,
        < 0.5 => Preference.Second,
        _ => Preference.Tie,
    };

    /// <summary>The pair to train on.</summary>
    /// <param name="least">How sure the label must be, from 0.5.</param>
    /// <returns>
    /// Null for a tie, and where the label is less sure. The margin is the log-odds of the label, which is a difference of rewards under Bradley
    /// and Terry;
    /// none where the label is certain.
    /// </returns>
    public PreferencePair? ToPair(double least = 0.5)
    {
        Ensure.Within(least, 0.5, 1);
        var sure = Math.Max(FirstWins, 1 - FirstWins);
        if (Preference == Preference.Tie || sure < least) return null;
        var (chosen, rejected) = Preference == Preference.First ? (Candidate.First, Candidate.Second) : (Candidate.Second, Candidate.First);
        return new PreferencePair(Candidate.Prompt, chosen, rejected)
        {
            Id = Candidate.Id, Source = Candidate.Source, Margin = sure < 1 ? Math.Log(sure / (1 - sure)) : null,
        };
    }
}
