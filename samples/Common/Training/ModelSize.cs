using static TorchSharp.torch;

namespace Alignment.Samples;

/// <summary>How large models are.</summary>
internal static class ModelSize
{
    public static long Parameters(this nn.Module model) => model.parameters().Sum(parameter => parameter.numel());

    /// <summary>Whether a model takes larger steps than those of billions of parameters, for which the library's usual learning rates are.</summary>
    public static bool IsSmall(this nn.Module model) => model.Parameters() < 50_000_000;
}
