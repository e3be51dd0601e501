using System.Globalization;
using Alignment.Evaluation;

namespace Alignment.Data.Reports;

/// <summary>How many labels are wrong, as far as that can be told without a model.</summary>
/// <remarks>
/// Three looks. (1) Where two responses were compared more than once, the share of disagreements gives the share of flips (<see cref="FlipRate"/>). (2) The
/// cross-validated error of any predictor bounds the share of flips from above: with error ε against the truth and flips e independent of the text it errs on
/// e + ε (1 - 2 e) of the labels, which is at least e. (3) Confident learning estimates the share from the same predictions. Words and
/// length know little, so (2) is
/// loose and (3) is given only where they know something.
/// </remarks>
internal sealed class NoiseMeasure(RecordKind kind, DataReportOptions options, JudgementLog? log) : TrainMeasure
{
    private const int FewestRows = 500;
    private const double Informative = 0.55;         // the lower end of the accuracy's interval
    private const int FewestRepetitions = 30;
    private const double Noisy = 0.1;
    private const double Sure = 0.9;
    private const double Telling = 0.9;              // accuracy from which on words alone give the label away

    private readonly LabelSample _sample = new(options.Seed);

    protected override void AddTrain(ReportRow row)
    {
        if (kind == RecordKind.Unpaired) _sample.Add(row, row.Responses[0].Part == Parts.Desirable, r => LabelFeatures.OfResponse(r.Responses[0].Text));
        else if (row.Chosen.Key != row.Rejected.Key) _sample.Add(row, label: true, r => LabelFeatures.OfPair(r.Chosen.Text, r.Rejected.Text));
    }

    public override DataSection? Finish(FindingList findings)
    {
        List<DataFigure> figures = [];
        var estimate = Repetitions(figures);
        var fromWords = _sample.Count < FewestRows ? null : Predictions(figures, findings);
        estimate ??= fromWords;
        if (estimate is { } noise && noise.Rate >= Noisy)
            findings.Add("D901", FindingSeverity.Warning, $"About {Figures.Percent(noise.Rate)} of the labels seem flipped ({noise.By}).",
                kind == RecordKind.Unpaired
                    ? "Look at the rows that D902 names first; have a part of the set labelled again."
                    : string.Create(CultureInfo.InvariantCulture,
                        $"Set LabelSmoothing near {Math.Min(0.45, noise.Rate):0.00} in DpoLoss (cDPO) or RobustDpoLoss (arXiv 2403.00409), or have " +
                        $"a part of the set judged again."));
        return figures.Count == 0 ? null : new DataSection("noise", "Label noise",
            "Estimates without a model; they assume that a flip does not depend on the text. Repeated comparisons: e from d = 2 e (1 - e), too low " +
                "where rows are copies. Words: a logistic regression on words and length, five folds by prompt, " +
            "on at most 20,000 rows drawn fairly; its error bounds the noise from above, and confident learning (Northcutt et al. 2021) estimates " +
                "it. Neither sees what words don't tell, such as wrong facts.")
        {
            Figures = figures,
        };
    }

    private (double Rate, string By)? Repetitions(List<DataFigure> figures)
    {
        var (disagreeing, all) = (0.0, 0.0);
        foreach (var graph in log?.Graphs() ?? [])
        {
            var (some, every) = graph.Repetitions;
            disagreeing += some;
            all += every;
        }
        if (all == 0) return null;
        var (rate, low, high) = FlipRate.Of(disagreeing, all);
        figures.Add(Figures.Number("repetitions", "Pairs of judgements of the same two responses", all));
        figures.Add(Figures.Estimate("disagreement", "of which disagree", disagreeing, (long)all));
        figures.Add(new DataFigure("flipRate", "Flips, from repeated comparisons", FigureUnit.Share, rate, low, high));
        return all >= FewestRepetitions ? (rate, "by repeated comparisons") : null;
    }

    private (double Rate, string By)? Predictions(List<DataFigure> figures, FindingList findings)
    {
        var predictions = _sample.CrossValidate(hasIntercept: kind == RecordKind.Unpaired);
        var right = predictions.Sum(p => p.Given > 0.5 ? 1 : p.Given == 0.5 ? 0.5 : 0);
        var (low, high) = Wilson.Interval(right / predictions.Count, predictions.Count);
        figures.Add(Figures.Estimate("wordAccuracy", "Accuracy of words and length on rows left out", right, predictions.Count));
        if (low > Telling)
            findings.Add("D905", FindingSeverity.Info,
                $"Words and length alone tell the label in {Figures.Percent(right / predictions.Count)} of rows that were left out (five folds).",
                "Fine for a first trial; a model may learn those words and no more. Look what they are, and measure on data of another origin.");

        // A set with two very unequal classes is predicted well by naming the larger one: that says nothing of noise.
        if (kind == RecordKind.Unpaired && low <= Math.Max(Informative, LargerClass(predictions) + Informative - 0.5) || low <= Informative) return null;
        figures.Add(new DataFigure("upperBound", "Noise at most (error of the words)", FigureUnit.Share, 1 - right / predictions.Count, 1 - high, 1 - low));
        if (ConfidentLearning.Of(predictions, symmetric: kind != RecordKind.Unpaired) is not { } rate) return null;
        rate = Math.Min(rate, 1 - low);
        figures.Add(new DataFigure("confidentLearning", "Noise by confident learning", FigureUnit.Share, rate));
        List<long> rows = [.. predictions.Where(p => p.Given <= 1 - Sure).OrderBy(p => p.Given).ThenBy(p => p.Row).Select(p => p.Row)];
        findings.Add("D902", FindingSeverity.Info, rows,
            $"{Figures.Of(rows.Count, "row")} of {Figures.Whole(predictions.Count)} looked at are predicted the other way with probability " +
            $"{Figures.Two(Sure)} or more.",
            "Read these first: the surest are named.", options);
        return (rate, "confident learning on words and length: a rough number");
    }

    private static double LargerClass(IReadOnlyList<LabelPrediction> predictions)
    {
        var share = predictions.Count(p => p.Label) / (double)predictions.Count;
        return Math.Max(share, 1 - share);
    }
}
