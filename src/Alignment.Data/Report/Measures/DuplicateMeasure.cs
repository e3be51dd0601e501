namespace Alignment.Data.Reports;

/// <summary>Rows, prompts and responses that come more than once.</summary>
/// <remarks>Lee et al. 2022, "Deduplicating training data makes language models better" (arXiv 2107.06499): exact copies and MinHash.</remarks>
internal sealed class DuplicateMeasure(DataReportOptions options, PromptIndex prompts) : TrainMeasure
{
    private const double ManyRows = 0.01;
    private const double ManyPrompts = 0.1;
    private const double CannedShare = 0.01;   // of all responses are one and the same text
    private const int CannedLeast = 20;

    private readonly HashSet<UInt128> _rows = [];
    private readonly Dictionary<UInt128, int> _responses = [];
    private readonly RowTally _sameRow = new(options);
    private readonly RowTally _nearPrompt = new(options);
    private long _samePrompt;
    private int _mostOfPrompt;
    private long _allResponses;
    private int _mostOfResponse;

    protected override void AddTrain(ReportRow row)
    {
        var key = row.Prompt.Key;
        foreach (var response in row.Responses)
        {
            key = key * 0x9E3779B97F4A7C15 + response.Key;   // order counts: a turned pair is a contradiction, no copy
            _allResponses++;
            var count = _responses[response.Key] = _responses.GetValueOrDefault(response.Key) + 1;
            _mostOfResponse = Math.Max(_mostOfResponse, response.IsEmpty ? 0 : count);
        }
        if (row.Responses is [{ Part: Parts.Undesirable }]) key = ~key;
        _sameRow.AddIf(!_rows.Add(key), row);
        if (row.Match.SameBefore > 0) _samePrompt++;
        _mostOfPrompt = Math.Max(_mostOfPrompt, row.Match.SameBefore + 1);
        _nearPrompt.AddIf(row.Match.NearBefore, row);
    }

    public override DataSection? Finish(FindingList findings)
    {
        findings.Add("D301", Share(_sameRow.Count) > ManyRows ? FindingSeverity.Warning : FindingSeverity.Info, _sameRow,
            $"{Figures.Of(_sameRow.Count, "row")} ({Figures.Percent(Share(_sameRow.Count))}) {Figures.Verb(_sameRow.Count, "repeats", "repeat")} " +
                $"an earlier row in prompt and responses.", "Deduplicate: copies weigh double and leak between folds.");
        if (_nearPrompt.Count > ManyPrompts * prompts.TrainPrompts)
            findings.Add("D302", FindingSeverity.Warning, _nearPrompt,
                $"{Figures.Of(_nearPrompt.Count, "prompt")} of {Figures.Whole(prompts.TrainPrompts)} are nearly an earlier one.",
                "Look whether they come from one template; keep some of each, or split by group so that none is in two splits.");
        if (_mostOfResponse >= CannedLeast && _mostOfResponse > CannedShare * _allResponses)
            findings.Add("D303", FindingSeverity.Warning,
                $"One response comes {Figures.Whole(_mostOfResponse)} times in {Figures.Whole(_allResponses)}.",
                "A canned answer is learnt before all else: keep few of it.");
        List<DataFigure> figures =
        [
            Figures.Share("rows", "Rows that repeat an earlier row", _sameRow.Count, Rows),
            Figures.Share("promptRows", "Rows whose prompt came before", _samePrompt, Rows),
            Figures.Count("mostOfPrompt", "Rows of the most frequent prompt", _mostOfPrompt),
        ];
        if (_allResponses > 0) figures.Add(Figures.Count("mostOfResponse", "Uses of the most frequent response", _mostOfResponse));
        if (options.NearDuplicates)
            figures.Add(Figures.Share("nearPrompts", "Prompts that are nearly an earlier one", _nearPrompt.Count, prompts.TrainPrompts));
        return new DataSection("duplicates", "Duplicates",
            "The same: apart from letter case and white space. Nearly the same: estimated Jaccard similarity of word groups of at least 0.8 " +
                "(MinHash; Broder 1997).") { Figures = figures };
    }
}
