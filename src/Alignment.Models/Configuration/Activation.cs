using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models;

/// <summary>The nonlinearity of a gated or plain unit.</summary>
/// <param name="Names">What config.json may call it, the usual name first.</param>
/// <param name="Of">The function.</param>
internal sealed record Activation(IReadOnlyList<string> Names, Func<Tensor, Tensor> Of)
{
    public static Activation Silu { get; } = new(["silu", "swish"], input => input.silu());

    /// <summary>The approximation by tanh, which all supported families that have a GELU use.</summary>
    public static Activation Gelu { get; } = new(["gelu_pytorch_tanh", "gelu_new"], input => F.gelu(input, GELU.Approximate.tanh));
}
