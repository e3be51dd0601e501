using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Keeps exponentials and squares inside a type's range: beyond a limit the value is constant and its gradient 0.</summary>
internal static class Saturation
{
    /// <summary>The largest exponent in use: e^80 = 5.5e34 in float32, e^340 = 4.6e147 in float64.</summary>
    public static double LargestExponent(ScalarType type) => type == ScalarType.Float64 ? 340 : 80;

    /// <summary><c>x²</c> for |x| up to 1e18 in float32 or 1e150 in float64, constant beyond.</summary>
    public static Tensor Square(Tensor values)
    {
        var limit = values.dtype == ScalarType.Float64 ? 1e150 : 1e18;
        return values.clamp(-limit, limit).square();
    }
}
