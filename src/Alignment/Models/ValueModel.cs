using static TorchSharp.torch;

namespace Alignment;

/// <summary>The seam of value models: what reward is still to come, at every state of a response.</summary>
public abstract class ValueModel : TokenModel
{
    /// <summary>Names the module.</summary>
    /// <param name="name">The name that TorchSharp shows.</param>
    protected ValueModel(string name) : base(name) { }

    /// <summary>Value of the state from which each response token was chosen, that is after the token before it.</summary>
    /// <param name="layout">The batch, on the model's device.</param>
    /// <returns><c>[M]</c> in float32 (float64 for a float64 model), with gradient where gradients are on.</returns>
    /// <exception cref="ArgumentException">An id is not in the vocabulary, a sequence is too long, or the layout is on another device.</exception>
    public abstract Tensor Values(TokenLayout layout);
}
