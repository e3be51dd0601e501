using System.Globalization;

namespace Alignment.Training;

/// <summary>A number of a step is no longer finite. The loop decides what follows.</summary>
internal sealed class NonFiniteException(string what, double value)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"{what} must be finite; it was {value}"))
{
    /// <summary>Throws where a number is not finite, before it does harm to the weights.</summary>
    public static void Require(double value, string what)
    {
        if (!double.IsFinite(value)) throw new NonFiniteException(what, value);
    }
}
