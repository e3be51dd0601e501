namespace Alignment.Data.Reports;

/// <summary>Logistic regression on <see cref="LabelFeatures"/>, learnt by AdaGrad.</summary>
/// <remarks>
/// For pairs it has no intercept: turned round, a pair's probability is one minus what it was, as in Bradley and Terry's model.
/// AdaGrad: Duchi, Hazan and Singer 2011, "Adaptive subgradient methods for online learning", diagonal form.
/// </remarks>
internal sealed class LabelPredictor(bool hasIntercept)
{
    private const float Rate = 0.3f;
    private const int Length = LabelFeatures.Buckets;
    private const int Intercept = LabelFeatures.Buckets + 1;

    private readonly float[] _weights = new float[LabelFeatures.Buckets + 2];
    private readonly float[] _squares = new float[LabelFeatures.Buckets + 2];   // sums of squared gradients

    /// <summary>The probability that the label is true, for pairs that the first response is the chosen one.</summary>
    public double Predict(LabelFeatures row)
    {
        var scale = Scale(row);
        var z = _weights[Length] * row.Length + (hasIntercept ? _weights[Intercept] : 0);
        foreach (var word in row.Words) z += Sign(word) * scale * _weights[word >> 1];
        return 1 / (1 + Math.Exp(-z));
    }

    public void Learn(LabelFeatures row, bool label)
    {
        var gradient = (float)(Predict(row) - (label ? 1 : 0));   // of the negative log-likelihood, by z
        var scale = Scale(row);
        foreach (var word in row.Words) Step(word >> 1, Sign(word) * scale * gradient);
        Step(Length, row.Length * gradient);
        if (hasIntercept) Step(Intercept, gradient);
    }

    private void Step(int index, float gradient)
    {
        _squares[index] += gradient * gradient;
        if (_squares[index] > 0) _weights[index] -= Rate * gradient / MathF.Sqrt(_squares[index]);
    }

    // Long rows have more words and should not be surer for that alone.
    private static float Scale(LabelFeatures row) => row.Words.Length == 0 ? 0 : 1 / MathF.Sqrt(row.Words.Length);

    private static int Sign(int word) => (word & 1) == 0 ? 1 : -1;
}
