namespace Alignment.Training;

/// <summary>The policy that training is pulled towards. It never gets a gradient, and which one it is stays explicit.</summary>
public abstract class ReferencePolicy
{
    /// <summary>A model of its own, which this reference freezes: usually a copy of the policy before training.</summary>
    /// <param name="model">The model, another object than the policy that is trained.</param>
    public static ReferencePolicy Frozen(CausalLanguageModel model) => new FrozenReference(model);

    /// <summary>Log-probabilities of the two responses of each pair, without gradient.</summary>
    /// <param name="layout">A batch of pairs, on the policy's device.</param>
    /// <param name="pairing">How a loss sums tokens to responses, such as <c>loss.Pairs</c>; the plain sum where null.</param>
    /// <returns><c>[B]</c> nats each.</returns>
    public abstract PairLogProbs PairLogProbs(TokenLayout layout, Func<TokenLogProbs, PairLogProbs>? pairing = null);

    /// <summary>Throws where this reference cannot serve a policy.</summary>
    internal abstract void RequireApartFrom(CausalLanguageModel policy);
}
