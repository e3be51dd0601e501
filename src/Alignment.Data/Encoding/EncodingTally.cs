namespace Alignment.Data;

/// <summary>Sums up rows; several threads may add.</summary>
internal sealed class EncodingTally
{
    private readonly Lock _lock = new();
    private readonly Dictionary<DropCause, long> _dropped = [];
    private EncodingCounts _counts = new();

    /// <summary>The sums so far.</summary>
    public EncodingCounts Counts
    {
        get
        {
            lock (_lock) return _counts with { DroppedByCause = new Dictionary<DropCause, long>(_dropped) };
        }
    }

    /// <summary>Adds a row. One that was left out counts as nothing else.</summary>
    public void Add(RowNotes row)
    {
        lock (_lock)
        {
            if (row.Cause is { } cause)
            {
                _dropped[cause] = _dropped.GetValueOrDefault(cause) + 1;
                _counts = _counts with { Rows = _counts.Rows + 1 };
                return;
            }
            _counts = _counts with
            {
                Rows = _counts.Rows + 1,
                Encoded = _counts.Encoded + 1,
                CutResponses = _counts.CutResponses + row.CutResponses,
                CutPrompts = _counts.CutPrompts + row.CutPrompts,
                SplitBorders = _counts.SplitBorders + row.SplitBorders,
                BeginTokens = _counts.BeginTokens + row.BeginTokens,
                RowsSpellingSpecialTokens = _counts.RowsSpellingSpecialTokens + (row.SpellsSpecialTokens ? 1 : 0),
                SpelledEnds = _counts.SpelledEnds + row.SpelledEnds,
                UnterminatedResponses = _counts.UnterminatedResponses + row.UnterminatedResponses,
                PromptTokens = _counts.PromptTokens + row.PromptTokens,
                ChosenTokens = _counts.ChosenTokens + row.ChosenTokens,
                RejectedTokens = _counts.RejectedTokens + row.RejectedTokens,
                ResponseTokens = _counts.ResponseTokens + row.ResponseTokens,
                TrainedTokens = _counts.TrainedTokens + row.TrainedTokens,
            };
        }
    }
}
