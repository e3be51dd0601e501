using System;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    public static Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    public static string metastr(this torch.Tensor tensor) => tensor.IsInvalid
        ? "[]"
        : $"[{string.Join("x", tensor.shape)}], type = {tensor.dtype}, device = {tensor.device}";

    public static float ToSingle(this torch.Tensor value) => value.to_type(torch.ScalarType.Float32).item<float>();

    public static double ToDouble(this torch.Tensor value) => value.to_type(torch.ScalarType.Float64).item<double>();

    public static long ToInt64(this torch.Tensor value) => value.to_type(torch.ScalarType.Int64).item<long>();

    public static int ToInt32(this torch.Tensor value) => value.to_type(torch.ScalarType.Int32).item<int>();

    public static short ToInt16(this torch.Tensor value) => value.to_type(torch.ScalarType.Int16).item<short>();

    public static byte ToByte(this torch.Tensor value) => value.to_type(torch.ScalarType.Byte).item<byte>();

    public static sbyte ToSByte(this torch.Tensor value) => value.to_type(torch.ScalarType.Int8).item<sbyte>();

    public static bool ToBoolean(this torch.Tensor value) => value.to_type(torch.ScalarType.Bool).item<bool>();

    public static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat32 => 8,
        _ => throw new NotImplementedException(),
    };

    public static long TotalSize(this System.Collections.Generic.IEnumerable<long> shape) => shape.Aggregate(1L, (product, n) => product * n);
}
