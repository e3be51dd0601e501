using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Before the first update of an iteration the policy is the one that sampled: every ratio is 1 and every divergence 0, or something else is learnt than was sampled.</summary>
internal static class RatioCheck
{
    /// <summary>How far a ratio may be from 1: rounding of two passes over the same batch.</summary>
    public const double Most = 1e-5;

    private const double MostIn16Bits = 2e-2;

    /// <param name="change">New minus old log-probability of each token, <c>[m]</c> nats.</param>
    /// <param name="rollout">All responses.</param>
    /// <param name="rows">Those that the tokens are of.</param>
    /// <param name="weights">Type of the weights.</param>
    /// <exception cref="TrainingException">The message names the worst response.</exception>
    public static void Require(double[] change, Rollout rollout, IReadOnlyList<int> rows, ScalarType weights)
    {
        var most = weights is ScalarType.Float32 or ScalarType.Float64 ? Most : MostIn16Bits;
        var worst = Enumerable.Range(0, change.Length).MaxBy(i => Math.Abs(change[i]));
        if (!(Math.Abs(Math.Exp(change[worst]) - 1) > most)) return;   // a NaN is found by the loss
        var row = rows.SelectMany(r => Enumerable.Repeat(r, rollout.Sequences.Lengths[r])).ElementAt(worst);
        throw new TrainingException(string.Create(CultureInfo.InvariantCulture,
            $"Before the first update of an iteration every ratio must be 1 within {most:0.##e-0}; it is {Math.Exp(change[worst]):G8} for a token of {rollout.Responses[row].Name}. ")
            + "Does the model drop numbers in evaluation mode, or compute the same batch differently each time?");
    }
}
