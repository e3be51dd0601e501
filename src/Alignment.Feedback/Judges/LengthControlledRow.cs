namespace Alignment.Feedback;

/// <summary>What <see cref="LengthControlledWinRate"/> knows of a pair.</summary>
/// <param name="Preference">How much the measured model's answer was preferred, from 0 to 1.</param>
/// <param name="LengthDifference">Its length less that of the baseline's answer, in any unit. Finite.</param>
public readonly record struct LengthControlledRow(double Preference, double LengthDifference)
{
    /// <summary>How hard the prompt is for the baseline, as log-odds that are known from elsewhere.</summary>
    /// <value>The default is 0 for all: the term is left out. Finite.</value>
    public double Difficulty { get; init; }
}
