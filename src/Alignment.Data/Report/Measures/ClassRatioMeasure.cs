namespace Alignment.Data.Reports;

/// <summary>How many desirable responses come on an undesirable one, and which weights make up for it.</summary>
/// <remarks>
/// Ethayarajh et al. 2024, "KTO: model alignment as prospect theoretic optimization" (arXiv 2402.01306), section 4.3:
/// (λ_D n_D) / (λ_U n_U) should lie between 1 and 4/3.
/// </remarks>
internal sealed class ClassRatioMeasure(DataReportOptions options) : TrainMeasure
{
    private const double Most = 4.0 / 3.0;

    private long _desirable;

    protected override void AddTrain(ReportRow row) => _desirable += row.Responses[0].Part == Parts.Desirable ? 1 : 0;

    public override DataSection? Finish(FindingList findings)
    {
        if (Rows == 0) return null;
        var undesirable = Rows - _desirable;
        List<DataFigure> figures =
        [
            Figures.Count("desirable", "Desirable responses", _desirable),
            Figures.Count("undesirable", "Undesirable responses", undesirable),
        ];
        if (_desirable == 0 || undesirable == 0)
        {
            findings.Add("D802", FindingSeverity.Error,
                $"All {Figures.Whole(Rows)} responses are {(_desirable == 0 ? "undesirable" : "desirable")}: KTO has nothing to tell apart.",
                "Look at the column that labels are read from; add responses of the other kind.");
        }
        else
        {
            var ratio = options.DesirableWeight * _desirable / (options.UndesirableWeight * undesirable);
            var desirableRange = Range(options.UndesirableWeight * undesirable / _desirable, 1, Most);
            var undesirableRange = Range(options.DesirableWeight * _desirable / undesirable, 1 / Most, 1);
            figures.Add(new DataFigure("ratio", "Weighted ratio of desirable to undesirable", FigureUnit.Number, ratio));
            figures.Add(Figures.Number("desirableWeightLow", "Recommended desirable weight, from", desirableRange.Low));
            figures.Add(Figures.Number("desirableWeightHigh", "to", desirableRange.High));
            figures.Add(Figures.Number("undesirableWeightLow", "Or recommended undesirable weight, from", undesirableRange.Low));
            figures.Add(Figures.Number("undesirableWeightHigh", "to", undesirableRange.High));
            if (ratio is < 1 - 1e-9 or > Most + 1e-9)
                findings.Add("D801", FindingSeverity.Warning,
                    $"Desirable responses weigh {Figures.Two(ratio)} times what undesirable ones do; between 1 and 1.33 is recommended (arXiv " +
                    $"2402.01306, section 4.3).",
                    $"Set KtoLoss.DesirableWeight between {Figures.Two(desirableRange.Low)} and {Figures.Two(desirableRange.High)}, or " +
                        $"UndesirableWeight between {Figures.Two(undesirableRange.Low)} and {Figures.Two(undesirableRange.High)}.");
        }
        return new DataSection("classes", "Desirable and undesirable",
            "The ranges keep (desirable weight x count) / (undesirable weight x count) between 1 and 4/3, each with the other weight as it " +
            "is.") { Figures = figures };
    }

    private static (double Low, double High) Range(double balance, double least, double most) => (balance * least, balance * most);
}
