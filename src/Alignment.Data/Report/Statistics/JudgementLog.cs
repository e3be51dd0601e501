namespace Alignment.Data.Reports;

/// <summary>All judgements as keys, 56 bytes each, to be grouped by prompt at the end.</summary>
internal sealed class JudgementLog
{
    private readonly List<Judgement> _judgements = [];
    private bool _isSorted;

    public void Add(ReportRow row)
    {
        _judgements.Add(new Judgement(row.Prompt.Key, row.Chosen.Key, row.Rejected.Key, row.Number));
        _isSorted = false;
    }

    /// <summary>The graph of every prompt that has more than one row.</summary>
    public IEnumerable<JudgementGraph> Graphs()
    {
        if (!_isSorted) _judgements.Sort((a, b) => a.Prompt != b.Prompt ? a.Prompt.CompareTo(b.Prompt) : a.Row.CompareTo(b.Row));
        _isSorted = true;
        for (var start = 0; start < _judgements.Count;)
        {
            var end = start + 1;
            while (end < _judgements.Count && _judgements[end].Prompt == _judgements[start].Prompt) end++;
            if (end > start + 1) yield return new JudgementGraph(_judgements[start..end]);
            start = end;
        }
    }
}
