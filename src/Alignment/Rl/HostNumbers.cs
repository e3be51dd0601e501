using static TorchSharp.torch;

namespace Alignment.Rl;

/// <summary>Copies small vectors to the host.</summary>
internal static class HostNumbers
{
    /// <summary>The entries as float64.</summary>
    public static double[] Of(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }
}
