using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>A loss on preference pairs, from the log-probabilities that policy and reference give to both responses.</summary>
public abstract class PairLoss : nn.Module<PairLogProbs, PairLogProbs, PairLossOutput>
{
    /// <summary>Names the module after its class.</summary>
    protected PairLoss() : base("loss") => name = GetType().Name;

    /// <summary>Computes the loss of each pair.</summary>
    /// <param name="input1">Of the policy, <c>[B]</c> nats each.</param>
    /// <param name="input2">Of the reference, <c>[B]</c> nats each.</param>
    /// <returns>Loss and implicit rewards of each pair, <c>[B]</c>.</returns>
    public abstract override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2);
}
