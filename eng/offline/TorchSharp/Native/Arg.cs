using System.Collections.Generic;

namespace TorchSharp;

/// <summary>The tags of boxed values, the same as in torch_shim.cpp.</summary>
internal enum ArgTag : long { Default, None, Tensor, Int, Double, Bool, Ints, Doubles, Tensors, String, Device, Generator, OptionalTensors }

/// <summary>A boxed value as the native half reads it.</summary>
internal struct NativeArg
{
    internal ArgTag Tag;
    internal long Bits;
    internal long Count;
}

/// <summary>One argument of an operator call; the object, if any, is kept alive and pinned by the call.</summary>
internal readonly struct Arg
{
    internal readonly ArgTag Tag;
    internal readonly long Bits;
    internal readonly long Count;
    internal readonly object Object;

    private Arg(ArgTag tag, long bits = 0, long count = 0, object keep = null) => (Tag, Bits, Count, Object) = (tag, bits, count, keep);

    /// <summary>Takes the value that the operator's schema gives.</summary>
    internal static Arg Default => default;

    internal static Arg None => new(ArgTag.None);

    internal static Arg Optional(IList<torch.Tensor> tensors) => new(ArgTag.OptionalTensors, keep: tensors);

    public static implicit operator Arg(torch.Tensor tensor) => tensor is null ? None : new(ArgTag.Tensor, tensor.Handle, keep: tensor);
    public static implicit operator Arg(int value) => new(ArgTag.Int, value);
    public static implicit operator Arg(long value) => new(ArgTag.Int, value);
    public static implicit operator Arg(long? value) => value is long v ? v : None;
    public static implicit operator Arg(double value) => new(ArgTag.Double, System.BitConverter.DoubleToInt64Bits(value));
    public static implicit operator Arg(double? value) => value is double v ? v : None;
    public static implicit operator Arg(bool value) => new(ArgTag.Bool, value ? 1 : 0);
    public static implicit operator Arg(long[] values) => values is null ? None : new(ArgTag.Ints, keep: values);
    public static implicit operator Arg(double[] values) => new(ArgTag.Doubles, keep: values);
    public static implicit operator Arg(torch.Tensor[] tensors) => new(ArgTag.Tensors, keep: tensors);
    public static implicit operator Arg(List<torch.Tensor> tensors) => new(ArgTag.Tensors, keep: tensors);
    public static implicit operator Arg(string text) => text is null ? None : new(ArgTag.String, keep: System.Text.Encoding.UTF8.GetBytes(text));
    public static implicit operator Arg(torch.ScalarType type) => new(ArgTag.Int, (long)type);
    public static implicit operator Arg(torch.ScalarType? type) => type is torch.ScalarType t ? t : None;
    public static implicit operator Arg(torch.Device device) => device is null ? None : new(ArgTag.Device, (long)device.type, device.index);
    public static implicit operator Arg(torch.Generator generator) => generator is null ? None : new(ArgTag.Generator, generator.Handle, keep: generator);

    public static implicit operator Arg(Scalar scalar) => scalar is null ? None : scalar.Value;
}
