namespace Alignment.Data.Reports;

/// <summary>What a predictor that had not seen a row says of its label.</summary>
/// <param name="Row">The row's number.</param>
/// <param name="Label">Its label; for pairs always true.</param>
/// <param name="Given">The probability of that label.</param>
internal readonly record struct LabelPrediction(long Row, bool Label, double Given);
