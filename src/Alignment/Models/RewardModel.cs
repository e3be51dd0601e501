using static TorchSharp.torch;

namespace Alignment;

/// <summary>The seam of reward models: one number for a whole sequence, higher for what people prefer.</summary>
public abstract class RewardModel : TokenModel
{
    /// <summary>Names the module.</summary>
    /// <param name="name">The name that TorchSharp shows.</param>
    protected RewardModel(string name) : base(name) { }

    /// <summary>Score of each sequence, read at its last token, which its length tells and no token id.</summary>
    /// <param name="layout">The batch, on the model's device.</param>
    /// <returns><c>[S]</c> in float32 (float64 for a float64 model), with gradient where gradients are on.</returns>
    /// <exception cref="ArgumentException">An id is not in the vocabulary, a sequence is too long, or the layout is on another device.</exception>
    public abstract Tensor Scores(TokenLayout layout);
}
