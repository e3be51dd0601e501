using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Type and shape of a tensor as messages name them, for example <c>Float32 [4, 8]</c>.</summary>
internal static class TensorText
{
    public static string Of(Tensor tensor) => Of(tensor.dtype, tensor.shape);

    public static string Of(ScalarType type, IEnumerable<long> shape) => string.Create(CultureInfo.InvariantCulture, $"{type} [{string.Join(", ", shape)}]");
}
