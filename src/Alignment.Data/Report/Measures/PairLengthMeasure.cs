using Alignment.Evaluation;

namespace Alignment.Data.Reports;

/// <summary>How often the chosen response is the longer one.</summary>
/// <param name="inTokens">Whether length is counted in tokens; pairs that could not be encoded are then left out.</param>
internal sealed class PairLengthMeasure(bool inTokens) : TrainMeasure
{
    private long _pairs;
    private long _longer;
    private long _equal;
    private long _chosenSum;
    private long _rejectedSum;

    protected override void AddTrain(ReportRow row)
    {
        if (inTokens && (row.Chosen.Tokens is null || row.Rejected.Tokens is null)) return;
        _pairs++;
        var comparison = inTokens ? row.Chosen.Tokens!.Value.CompareTo(row.Rejected.Tokens!.Value) : row.Chosen.Characters.CompareTo(row.Rejected.Characters);
        if (comparison > 0) _longer++;
        if (comparison == 0) _equal++;
        _chosenSum += row.Chosen.Characters;
        _rejectedSum += row.Rejected.Characters;
    }

    public override DataSection? Finish(FindingList findings)
    {
        if (_pairs == 0) return null;
        var auc = (_longer + _equal / 2.0) / _pairs;
        var (low, high) = Wilson.Interval(auc, _pairs);
        return LengthBias.Section(
            "The share of pairs whose chosen response is the longer one, ties counted half, with Wilson's interval: the AUC of length within pairs.",
            auc, low, high, inTokens ? "tokens" : "characters", findings,
            [
                Figures.Share("longer", "Pairs whose chosen response is longer", _longer, _pairs),
                Figures.Share("equal", "Pairs of equal length", _equal, _pairs),
                Figures.Number("ratio", "Characters of chosen to rejected responses", _rejectedSum == 0 ? 0 : (double)_chosenSum / _rejectedSum),
            ]);
    }
}
