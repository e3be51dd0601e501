using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>A loss on single responses that are desirable or not, from the log-probabilities that policy and reference give them.</summary>
public abstract class UnpairedLoss : nn.Module<UnpairedLogProbs, UnpairedLossOutput>
{
    /// <summary>Names the module after its class.</summary>
    protected UnpairedLoss() : base("loss") => name = GetType().Name;

    /// <summary>Whether the loss reads <see cref="UnpairedLogProbs.Mismatched"/>; a trainer spares itself two forward passes where not.</summary>
    public abstract bool NeedsMismatched { get; }

    /// <summary>Computes the loss of each response.</summary>
    /// <param name="input">Responses, <c>[B]</c> nats each.</param>
    /// <returns>Loss and implicit reward of each response, <c>[B]</c>.</returns>
    /// <exception cref="ArgumentException">A shape, type or device does not fit, the batch is empty, or the mismatched responses are missing.</exception>
    public abstract override UnpairedLossOutput forward(UnpairedLogProbs input);
}
