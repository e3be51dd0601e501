using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>A loss of a reward model on preference pairs, from the rewards it gives to both responses.</summary>
public abstract class RewardLoss : nn.Module<PairRewards, RewardLossOutput>
{
    /// <summary>Names the module after its class.</summary>
    protected RewardLoss() : base("loss") => name = GetType().Name;

    /// <summary>Computes the loss of each pair.</summary>
    /// <param name="input">Rewards of both responses and, if known, margins, <c>[B]</c> each.</param>
    /// <returns>Loss and margin of each pair, <c>[B]</c>.</returns>
    /// <exception cref="ArgumentException">A shape, type or device does not fit, or the batch is empty.</exception>
    public abstract override RewardLossOutput forward(PairRewards input);
}
