using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The norm of a family over rows of the hidden size.</summary>
internal static class Norms
{
    public static nn.Module<Tensor, Tensor> Of(ParameterScope parameters, DecoderConfig config) => config.Family.Norm == NormKind.Layer
        ? new LayerNorm(parameters, config.HiddenSize, config.NormEpsilon)
        : new RmsNorm(parameters, config.HiddenSize, config.NormEpsilon, config.Family.Norm);
}
