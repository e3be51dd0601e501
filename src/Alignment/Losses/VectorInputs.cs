using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>Checks vectors before any native call: which one, what is allowed, what came.</summary>
internal static class VectorInputs
{
    /// <summary>Requires a floating-point vector with at least one entry.</summary>
    /// <param name="values">What was given.</param>
    /// <param name="name">How the caller knows it.</param>
    /// <param name="shape">Its shape in words, for example <c>[B] with at least one response</c>.</param>
    public static Tensor NotEmpty(Tensor values, string name, string shape)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        if (values.dim() != 1 || values.shape[0] == 0) throw new ArgumentException($"{name} must be {shape}; got {values}.", name);
        if (!values.is_floating_point()) throw new ArgumentException($"{name} must be of a floating-point type; got {values}.", name);
        return values;
    }

    /// <summary>Requires the length, type and device of another vector.</summary>
    public static void Like(Tensor first, string firstName, Tensor other, string name)
    {
        SameLength(first, firstName, other, name);
        if (other.dtype != first.dtype || !OnOneDevice(first, other))
            throw new ArgumentException($"{name} must have the type and device of {firstName}, {first.dtype} on {first.device}; got {other}.", name);
    }

    /// <summary>Requires a bool vector of the length and device of another.</summary>
    public static void Mask(Tensor first, string firstName, Tensor mask, string name)
    {
        SameLength(first, firstName, mask, name);
        if (mask.dtype != ScalarType.Bool || !OnOneDevice(first, mask))
            throw new ArgumentException($"{name} must be bool on the device of {firstName}, {first.device}; got {mask}.", name);
    }

    private static void SameLength(Tensor first, string firstName, Tensor other, string name)
    {
        ArgumentNullException.ThrowIfNull(other, name);
        if (other.dim() != 1 || other.shape[0] != first.shape[0])
            throw new ArgumentException($"{name} must be [{first.shape[0]}] like {firstName}; got {other}.", name);
    }

    private static bool OnOneDevice(Tensor first, Tensor other) =>
        other.device_type == first.device_type && other.device_index == first.device_index;
}
