namespace Alignment.Training;

/// <summary>What an iteration learns: how much better than foretold each token was.</summary>
/// <param name="Values">Of each token, <c>[M]</c>.</param>
/// <param name="Returns">What values are trained towards, <c>[M]</c>; null where there is no value model.</param>
internal sealed record Advantages(double[] Values, double[]? Returns = null);
