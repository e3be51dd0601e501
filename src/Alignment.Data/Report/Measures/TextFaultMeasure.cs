namespace Alignment.Data.Reports;

/// <summary>Damage and leftovers in texts.</summary>
internal sealed class TextFaultMeasure(DataReportOptions options) : TrainMeasure
{
    private static readonly Fault[] Faults =
    [
        new("D121", "surrogates", "half a surrogate pair", FindingSeverity.Warning, TextFaults.HasLoneSurrogate,
            "No UTF-8 file can hold them: the text was cut within a character. Cut elsewhere, or drop the rows."),
        new("D122", "replacements", "U+FFFD, which stands for bytes that were no character", FindingSeverity.Warning, TextFaults.HasReplacement,
            "Read the source again in its own encoding; what was lost can't be restored."),
        new("D123", "mojibake", "UTF-8 read as Windows-1252 (â€™ for ’)", FindingSeverity.Warning, TextFaults.HasMojibake, "Read the source again as UTF-8."),
        new("D124", "controls", "control characters", FindingSeverity.Warning, TextFaults.HasControls, "Take them out, or the model learns to write them."),
        new("D125", "markup", "leftovers of HTML", FindingSeverity.Info, TextFaults.HasMarkup,
            "Unless the texts are about HTML: decode entities and take out tags."),
        new("D126", "specialTokens", "special tokens of a template, spelled out", FindingSeverity.Warning, TextFaults.HasSpecialTokens,
            "Texts must not be rendered before the template is applied. The encoder keeps them as plain text, so that they do no harm beyond being learnt."),
        new("D127", "turns", "marks of further turns inside one text", FindingSeverity.Warning, TextFaults.HasTurns,
            "Part the transcript into messages (TRL#1858), or the model learns to speak for the user."),
    ];

    private readonly RowTally[] _rows = [.. Faults.Select(_ => new RowTally(options))];

    protected override void AddTrain(ReportRow row)
    {
        for (var i = 0; i < Faults.Length; i++)
        {
            foreach (var text in row.Texts)
            {
                // A plain prompt may well be a whole conversation.
                if (Faults[i].IsOfTurns && text.Part == Parts.Prompt && !text.Transcript.IsConversational || !Faults[i].IsIn(text.Text)) continue;
                _rows[i].Add(row);
                break;
            }
        }
    }

    public override DataSection? Finish(FindingList findings)
    {
        for (var i = 0; i < Faults.Length; i++)
            findings.Add(Faults[i].Code, Faults[i].Severity, _rows[i],
                $"{Figures.Of(_rows[i].Count, "row")} {(_rows[i].Count == 1 ? "holds" : "hold")} {Faults[i].What}.", Faults[i].Remedy);
        return new DataSection("text", "Damage and leftovers",
            "Rows that hold such a trace in any of their texts; marks of turns and spelled special tokens are not looked for in plain prompts, " +
            "which may be whole conversations.")
        {
            Figures = [.. Faults.Select((fault, i) => Figures.Share(fault.Name, char.ToUpperInvariant(fault.What[0]) + fault.What[1..], _rows[i].Count, Rows))],
        };
    }

    private sealed record Fault(string Code, string Name, string What, FindingSeverity Severity, Func<string, bool> IsIn, string Remedy)
    {
        public bool IsOfTurns => Name is "specialTokens" or "turns";
    }
}
