namespace Alignment.Data.Reports;

/// <summary>How often a desirable response is longer than an undesirable one.</summary>
/// <param name="inTokens">Whether length is counted in tokens; responses that could not be encoded are then left out.</param>
internal sealed class UnpairedLengthMeasure(bool inTokens) : TrainMeasure
{
    private readonly LengthCounter _desirable = new();
    private readonly LengthCounter _undesirable = new();

    protected override void AddTrain(ReportRow row)
    {
        var response = row.Responses[0];
        if ((inTokens ? response.Tokens : response.Characters) is { } length) (response.Part == Parts.Desirable ? _desirable : _undesirable).Add(length);
    }

    public override DataSection? Finish(FindingList findings) => MannWhitney.Auc(_desirable, _undesirable) is not { } area ? null : LengthBias.Section(
        "The chance that a desirable response is longer than an undesirable one, ties counted half (Mann-Whitney), with the interval of Hanley and " +
            "McNeil 1982.",
        area.Auc, area.Low, area.High, inTokens ? "tokens" : "characters", findings, []);
}
