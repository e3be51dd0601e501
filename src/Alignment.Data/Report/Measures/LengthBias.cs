namespace Alignment.Data.Reports;

/// <summary>What a length bias is called and what helps against it.</summary>
/// <remarks>
/// Singhal et al. 2023, "A long way to go: investigating length correlations in RLHF" (arXiv 2310.03716): most of the reward that RLHF
/// gains on common sets is length.
/// 0.6 and 0.65 lie below and at what their sets show (59 % to 70 % of the preferred responses are the longer ones).
/// </remarks>
internal static class LengthBias
{
    private const double Notable = 0.6;
    private const double Strong = 0.65;

    public static DataSection Section(string note, double auc, double low, double high, string unit, FindingList findings, IEnumerable<DataFigure> more)
    {
        var distance = Math.Max(auc, 1 - auc);
        var isCertain = low > 0.5 || high < 0.5;   // few rows prove nothing
        if (isCertain && distance >= Notable)
        {
            findings.Add("D501", distance >= Strong ? FindingSeverity.Warning : FindingSeverity.Info,
                $"Length in {unit} alone predicts the label: AUC {Figures.Three(auc)} (95 % interval {Figures.Three(low)} to " +
                    $"{Figures.Three(high)}); 0.5 is none. " +
                $"The model would learn to answer {(auc > 0.5 ? "longer" : "shorter")} (arXiv 2310.03716).",
                "Take a loss that length can't win (LengthNormalizedDpoLoss, LengthDesensitizedLoss, SimPoLoss), balance the pairs by length, and " +
                    "watch the length of answers while training.");
        }
        return new DataSection("lengthBias", "Length against label", note)
        {
            Figures = [new DataFigure("auc", $"AUC of the length in {unit}", FigureUnit.Number, auc, low, high), .. more],
        };
    }
}
