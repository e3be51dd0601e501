using static TorchSharp.torch;

namespace Alignment.Tests.Law;

/// <summary>Gradients by <c>(f(x + h) - f(x - h)) / 2h</c> in float64, one entry at a time.</summary>
internal static class CentralDifferences
{
    // The error is h² f''' / 6 + ε |f| / h: with h = 1e-5 about 1e-10 for values near 1.
    private const double Step = 1e-5;

    /// <summary>Requires that the gradient of a number by a vector is that of small steps.</summary>
    /// <param name="function">From a vector to a number.</param>
    /// <param name="at">Where, float64 <c>[n]</c>.</param>
    public static void Agree(Func<Tensor, Tensor> function, double[] at, double tolerance = 1e-8)
    {
        using var scope = NewDisposeScope();
        var point = tensor(at).requires_grad_();
        function(point).backward();
        var numeric = at.Select((_, i) => (Value(i, Step) - Value(i, -Step)) / (2 * Step)).ToArray();
        Near.Equal(numeric, TensorAssert.Doubles(point.grad!), tolerance);

        double Value(int entry, double step)
        {
            using var inner = NewDisposeScope();
            return function(tensor(at.Select((v, i) => i == entry ? v + step : v).ToArray())).item<double>();
        }
    }
}
