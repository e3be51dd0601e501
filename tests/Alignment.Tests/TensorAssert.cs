using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests;

/// <summary>Comparisons of tensors; the tolerance is relative to the larger of the expected value and 1.</summary>
internal static class TensorAssert
{
    public static void Near(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        Common.Near.Equal(Doubles(expected), Doubles(actual), tolerance);
    }

    public static double[] Doubles(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().to(ScalarType.Float64).contiguous().data<double>().ToArray();
    }
}
