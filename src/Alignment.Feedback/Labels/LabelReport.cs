namespace Alignment.Feedback;

/// <summary>What came of labelling many pairs.</summary>
/// <param name="Outcomes">What became of each pair, in the order of the pairs.</param>
/// <param name="Totals">What the calls took: requests, tokens and money.</param>
public sealed record LabelReport(IReadOnlyList<RowOutcome<AiLabel>> Outcomes, CallTotals Totals)
{
    /// <summary>The labels of pairs that did not fail.</summary>
    public IEnumerable<AiLabel> Labels => Outcomes.Where(outcome => outcome.IsDone).Select(outcome => outcome.Result!);

    /// <summary>Pairs that failed.</summary>
    public int Failed => Outcomes.Count(outcome => !outcome.IsDone);

    /// <summary>The share of votes whose two orders lean to different answers; null without votes.</summary>
    public double? FlipRate => Share(Votes.Select(vote => vote.IsFlipped ? 1.0 : 0));

    /// <summary>The share of answers in which the answer in the first place was preferred; a half is no bias. Null without votes.</summary>
    public double? FirstPlaceRate => Share(Votes.SelectMany(vote => new[] { Won(vote.Given.FirstWins), 1 - Won(vote.Swapped.FirstWins) }));

    /// <summary>The share of votes from log-probabilities; null without votes.</summary>
    public double? SoftShare => Share(Votes.SelectMany(vote => new[] { vote.Given.IsSoft, vote.Swapped.IsSoft })
        .Select(isSoft => isSoft ? 1.0 : 0));

    /// <summary>The share of principles' votes that agree with the label that all of them make, ties counted half; null without votes.</summary>
    public double? Agreement => Share(Labels.SelectMany(label => label.Votes.Select(vote => Agrees(Won(vote.FirstWins), Won(label.FirstWins)))));

    /// <summary>The share of labels that agree with those known before, ties counted half; null where none was known.</summary>
    public double? AgreementWithKnown => Share(Labels.Where(label => label.Candidate.Known is not null)
        .Select(label => Agrees(Won(label.FirstWins), label.Candidate.Known switch
    {
        Preference.First => 1,
        Preference.Second => 0,
        _ => 0.5,
    })));

    /// <summary>How far labels are from one half on average, doubled: 0 where nobody knows, 1 where all are certain. Null without labels.</summary>
    public double? Confidence => Share(Labels.Select(label => Math.Abs(2 * label.FirstWins - 1)));

    /// <summary>The pairs to train on.</summary>
    /// <param name="least">How sure a label must be, from 0.5.</param>
    public IReadOnlyList<PreferencePair> Pairs(double least = 0.5) => [.. Labels.Select(label => label.ToPair(least)).OfType<PreferencePair>()];

    private IEnumerable<PrincipleVote> Votes => Labels.SelectMany(label => label.Votes);

    private static double Won(double firstWins) => firstWins > 0.5 ? 1 : firstWins < 0.5 ? 0 : 0.5;

    private static double Agrees(double one, double other) => one == other ? 1 : one == 0.5 || other == 0.5 ? 0.5 : 0;

    private static double? Share(IEnumerable<double> values)
    {
        var all = values.ToList();
        return all.Count == 0 ? null : all.Average();
    }
}
