namespace Alignment.Data.Reports;

/// <summary>How many labels are wrong, from predictions for rows that the predictor had not seen.</summary>
/// <remarks>
/// Northcutt, Jiang and Chuang 2021, "Confident learning: estimating uncertainty in dataset labels", section 3: a row counts for a class
/// where its predicted probability reaches the mean that rows labelled so have; the estimate is the share, among rows that count,
/// of those that count for the class they are not labelled with.
/// </remarks>
internal static class ConfidentLearning
{
    /// <summary>The share of wrong labels, or null where no row counts.</summary>
    /// <param name="predictions">Rows with the predicted probability of their label.</param>
    /// <param name="symmetric">Whether both classes are one and the same turned round, as the two orders of a pair are.</param>
    public static double? Of(IReadOnlyCollection<LabelPrediction> predictions, bool symmetric)
    {
        double Threshold(bool label) => predictions.Where(p => symmetric || p.Label == label).Select(p =>
            p.Given).DefaultIfEmpty(double.PositiveInfinity).Average();
        var (ofTrue, ofFalse) = (Threshold(true), Threshold(false));
        var (own, other) = (0, 0);
        foreach (var (_, label, given) in predictions)
        {
            var isOwn = given >= (label ? ofTrue : ofFalse);
            var isOther = 1 - given >= (label ? ofFalse : ofTrue);
            if (isOwn && (!isOther || given >= 0.5)) own++;
            else if (isOther) other++;
        }
        return own + other == 0 ? null : (double)other / (own + other);
    }
}
