using Alignment.Evaluation;

namespace Alignment.Data.Reports;

/// <summary>Signs of a bad response, counted for chosen and rejected ones: where chosen responses have more of them, the columns may be swapped.</summary>
/// <remarks>Lesson of TRL#2578 (columns reversed) and #2385 (responses that end with the user's turn). Refusals are no sign here: of
/// harmful requests they are the better answer.</remarks>
internal sealed class SmellMeasure(DataReportOptions options) : TrainMeasure
{
    private const int Fewest = 50;          // pairs of which one response smells worse
    private const double Certain = 0.7;     // the lower end of the interval from which on the columns must be thought swapped
    private const int Shorter = 8;          // times
    private const int LongEnough = 200;     // characters of the other response

    private static readonly (string Name, Func<string, bool> Has)[] OfText =
    [
        ("empty", string.IsNullOrWhiteSpace),
        ("damaged characters", text => TextFaults.HasReplacement(text) || TextFaults.HasControls(text)),
        ("further turns or template tokens", text => TextFaults.HasTurns(text) || TextFaults.HasSpecialTokens(text)),
        ("no end of a sentence", IsUnfinished),
    ];

    private readonly long[] _chosen = new long[OfText.Length + 2];
    private readonly long[] _rejected = new long[OfText.Length + 2];
    private readonly RowTally _worse = new(options);
    private long _better;

    protected override void AddTrain(ReportRow row)
    {
        var signs = Count(row.Chosen, row.Rejected, _chosen) - Count(row.Rejected, row.Chosen, _rejected);
        if (signs > 0) _worse.Add(row);
        else if (signs < 0) _better++;
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (Rows == 0) return null;
        var decided = _worse.Count + _better;
        var (low, _) = decided == 0 ? (0, 1) : Wilson.Interval((double)_worse.Count / decided, decided);
        if (decided >= Fewest && low > 0.5)
            findings.Add("D205", low > Certain ? FindingSeverity.Error : FindingSeverity.Warning, _worse,
                $"Where one response shows signs of being bad, it is the chosen one in {Figures.Percent((double)_worse.Count / decided)} of " +
                    $"{Figures.Whole(decided)} pairs.",
                "Look whether chosen and rejected are swapped (TRL#2578), and whether ratings were read the right way round.");
        return new DataSection("smell", "Does chosen look worse than rejected?",
            $"Signs that need no model. Much shorter: less than 1/{Shorter} of the other response, which has at least {LongEnough} characters. No " +
                $"sign is proof; a majority on the chosen side is a reason to look.")
        {
            Figures = [Figures.Estimate("chosenWorse", "Chosen has more signs, of the pairs where one has", _worse.Count, decided),
                Figures.Count("decided", "Pairs where one has more signs", decided)],
            Tables = [new DataTable("signs", "Signs", ["Sign", "Chosen", "Rejected"], [FigureUnit.Count, FigureUnit.Count],
                [.. OfText.Select(sign => sign.Name).Append("much shorter").Append("ends with a user's message").Select((name, i) =>
                    new DataTableRow(name, [_chosen[i], _rejected[i]]))])],
        };
    }

    private static int Count(ReportText text, ReportText other, long[] counts)
    {
        var signs = 0;
        for (var i = 0; i < OfText.Length; i++) signs += Note(OfText[i].Has(text.Text), ref counts[i]);
        signs += Note(other.Characters >= LongEnough && text.Characters * Shorter < other.Characters, ref counts[^2]);
        return signs + Note(text.Transcript.Messages is [.., { Role: "user" }], ref counts[^1]);
    }

    private static int Note(bool has, ref long count)
    {
        if (has) count++;
        return has ? 1 : 0;
    }

    // Ends in a letter or a comma: cut off, as a rule by a limit on tokens. Short answers ("Yes", "42") are whole without a full stop.
    private static bool IsUnfinished(string text)
    {
        var end = text.AsSpan().TrimEnd();
        return end.Length >= LongEnough && (char.IsLetter(end[^1]) && !char.IsBetween(end[^1], '\uAC00', '\uD7A3') || end[^1] is ',' or '-' or '(');
    }
}
