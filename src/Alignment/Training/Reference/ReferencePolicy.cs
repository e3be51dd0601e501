using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>The policy that training is pulled towards. It never gets a gradient, and which one it is stays explicit.</summary>
public abstract class ReferencePolicy
{
    /// <summary>A model of its own, which this reference freezes: usually a copy of the policy before training.</summary>
    /// <param name="model">The model, another object than the policy that is trained.</param>
    public static ReferencePolicy Frozen(CausalLanguageModel model) => new FrozenReference(model);

    /// <summary>The base of the policy itself, with its adapters off: no second model in memory.</summary>
    /// <remarks>
    /// The base, and not an adapter from which training started: a policy that goes on from a supervised adapter is held by
    /// <see cref="NamedAdapter"/> to a second one with the weights of that adapter, or by this to the model before it.
    /// </remarks>
    /// <param name="policy">The policy that is trained, with an active adapter.</param>
    /// <exception cref="ArgumentException">No adapter is active, so that the base is the policy.</exception>
    public static ReferencePolicy BaseOf(CausalLanguageModel policy) => new AdapterReference(policy, null);

    /// <summary>The policy's own base with another of its adapters, such as the one that supervised fine-tuning left.</summary>
    /// <param name="policy">The policy that is trained.</param>
    /// <param name="adapter">Name of the reference's adapter, which is not the one that is trained.</param>
    /// <exception cref="ArgumentException">There is no such adapter, or it is the active one.</exception>
    /// <exception cref="InvalidOperationException">The model has no adapters.</exception>
    public static ReferencePolicy NamedAdapter(CausalLanguageModel policy, string adapter)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        return new AdapterReference(policy, adapter);
    }

    /// <summary>Numbers that a reference gave before training: no model in memory, and no time in a step.</summary>
    /// <remarks>They are compared with the untrained policy before the first step, as every reference is.</remarks>
    /// <param name="values">The numbers, of every row of training and evaluation.</param>
    public static ReferencePolicy Cached(ReferenceLogProbs values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new CachedReference(values);
    }

    /// <summary>Log-probability of each response token of a batch, without gradient.</summary>
    /// <param name="layout">The batch, on the policy's device.</param>
    /// <returns><c>[M]</c> nats.</returns>
    public abstract TokenLogProbs TokenLogProbs(TokenLayout layout);

    /// <summary>The same for tokens that were sampled at a temperature.</summary>
    /// <param name="layout">The batch, on the policy's device.</param>
    /// <param name="temperature">Logits are divided by it; greater than 0.</param>
    /// <exception cref="NotSupportedException">The reference has numbers of temperature 1 alone.</exception>
    internal virtual TokenLogProbs TokenLogProbs(TokenLayout layout, double temperature) =>
        throw new NotSupportedException("A reference of kept log-probabilities has none of another temperature.");

    /// <summary>A model that is in memory for this reference alone; null where there is none.</summary>
    internal virtual CausalLanguageModel? Model => null;

    /// <summary>Log-probabilities of the two responses of each pair, without gradient.</summary>
    /// <param name="layout">A batch of pairs, on the policy's device.</param>
    /// <param name="pairing">How a loss sums tokens to responses, such as <c>loss.Pairs</c>; the plain sum where null.</param>
    /// <returns><c>[B]</c> nats each.</returns>
    public PairLogProbs PairLogProbs(TokenLayout layout, Func<TokenLogProbs, PairLogProbs>? pairing = null)
    {
        using var noGrad = no_grad();
        var tokens = TokenLogProbs(layout);
        return pairing is null ? tokens.Sum().Pairs() : pairing(tokens);
    }

    /// <summary>What tells this reference from others, for a run that goes on from a checkpoint.</summary>
    internal abstract string Identity { get; }

    /// <summary>What lets it follow a policy.</summary>
    /// <exception cref="ArgumentException">It can't: it has no weights of its own, or others than the policy.</exception>
    internal virtual ReferenceSync Following(CausalLanguageModel policy, ReferenceSyncOptions options) =>
        throw new ArgumentException($"{nameof(DpoOptions.ReferenceSync)} needs a frozen reference, whose weights can follow the policy's; this one is {Identity}.");

    /// <summary>Bytes that it holds beside the policy.</summary>
    internal virtual long Bytes => Model is { } model ? RunMemory.Bytes(model) : 0;

    /// <summary>Whether it can score sequences that nobody has seen before.</summary>
    internal virtual bool ScoresNewText => true;

    /// <summary>Throws where this reference cannot serve a policy.</summary>
    internal abstract void RequireApartFrom(CausalLanguageModel policy);
}
