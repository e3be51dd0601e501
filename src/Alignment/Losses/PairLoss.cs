using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>A loss on preference pairs, from the log-probabilities that policy and reference give to both responses.</summary>
public abstract class PairLoss : nn.Module<PairLogProbs, PairLogProbs, PairLossOutput>
{
    /// <summary>Names the module after its class.</summary>
    protected PairLoss() : base("loss") => name = GetType().Name;

    /// <summary>Whether the loss reads the reference. Where false, the second input is never looked at, and no reference is needed.</summary>
    /// <value>The default is true.</value>
    public virtual bool NeedsReference => true;

    /// <summary>Makes this loss's inputs from the tokens of a batch of pairs; called for the policy and for the reference alike.</summary>
    /// <param name="tokens">Response tokens, sequence <c>2i</c> chosen and <c>2i + 1</c> rejected.</param>
    /// <returns>Log-probabilities and lengths of both responses, <c>[B]</c>; by default the plain sums over tokens.</returns>
    public virtual PairLogProbs Pairs(TokenLogProbs tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return tokens.Sum().Pairs();
    }

    /// <summary>Computes the loss of each pair.</summary>
    /// <param name="input1">Of the policy, <c>[B]</c> nats each.</param>
    /// <param name="input2">Of the reference, <c>[B]</c> nats each; not looked at where <see cref="NeedsReference"/> is false.</param>
    /// <returns>Loss and implicit rewards of each pair, <c>[B]</c>.</returns>
    public abstract override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2);
}
