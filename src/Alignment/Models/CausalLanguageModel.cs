using static TorchSharp.torch;

namespace Alignment;

/// <summary>The seam between training and models: a decoder that reads token layouts, scores responses and goes on with prompts.</summary>
/// <remarks>
/// Derived classes give hidden states and the output weight. Log-probabilities are computed here, once for every model, from the rows that
/// predict response tokens and without a tensor of logits.
/// </remarks>
public abstract class CausalLanguageModel : TokenModel
{
    /// <summary>Names the module.</summary>
    /// <param name="name">The name that TorchSharp shows.</param>
    protected CausalLanguageModel(string name) : base(name) { }

    /// <summary>V, the number of rows of embedding and output weight.</summary>
    public abstract int VocabularySize { get; }

    /// <summary>The largest number of positions that the model was made for.</summary>
    public abstract int MaxPositions { get; }

    /// <summary>Output projection, <c>[V, H]</c>: logits are <c>hidden · OutputWeightᵀ</c>.</summary>
    public abstract Tensor OutputWeight { get; }

    /// <summary>Logits become <c>c tanh(logit / c)</c>.</summary>
    /// <value>null, which leaves them as they are, unless a model says otherwise.</value>
    public virtual double? LogitSoftCap => null;

    /// <summary>Name of the adapter that computes beside the base; null where the base computes alone or the model has no adapters.</summary>
    public virtual string? ActiveAdapter => null;

    /// <summary>Hidden states after the last norm.</summary>
    /// <param name="layout">The batch, on the model's device.</param>
    /// <returns><c>[N, H]</c>, a row for each token of the layout.</returns>
    public abstract Tensor Hidden(TokenLayout layout);

    /// <summary>Hidden states of the rows that predict response tokens, <see cref="TokenLayout.Sources"/>.</summary>
    /// <remarks>Models that need not compute all rows to their end override it.</remarks>
    /// <param name="layout">The batch, on the model's device.</param>
    /// <returns><c>[M, H]</c>.</returns>
    protected virtual Tensor PredictingHidden(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        using var hidden = Hidden(layout);
        return hidden.index_select(0, layout.Sources);
    }

    /// <summary>Starts to go on with prompts, one token a step.</summary>
    /// <param name="prompts">Ids of each prompt; at least one prompt of at least one token.</param>
    /// <param name="maxNewTokens">Room for this many tokens after each prompt.</param>
    /// <param name="samplesPerPrompt">Sequences that go on with each prompt, which is computed once for all; they follow one another.</param>
    /// <returns>The state of the batch, a row for each sequence, to be disposed.</returns>
    public abstract DecodingSession StartDecoding(IReadOnlyList<IReadOnlyList<int>> prompts, int maxNewTokens, int samplesPerPrompt = 1);

    /// <inheritdoc/>
    /// <remarks>Those of <see cref="HiddenBytes"/> and of the log-probabilities, which are free before a layer is computed a second time.</remarks>
    public sealed override long? ActivationBytes(TokenLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var logits = ChunkedLogProbs.Bytes(layout.ResponseTokenCount, VocabularySize, isFloat64: OutputWeight.dtype == ScalarType.Float64);
        return HiddenBytes(layout) is { } bytes ? bytes.Kept + Math.Max(logits, bytes.Recomputed) : null;
    }

    /// <summary>Memory of the hidden states of the predicting rows, themselves included.</summary>
    /// <returns>The bytes; null where the model can't tell.</returns>
    protected virtual KeptBytes? HiddenBytes(TokenLayout layout) => null;

    /// <inheritdoc/>
    public override Device Device => OutputWeight.device;

    /// <summary>Lets the base compute alone until the result is disposed; then the adapter that did before goes on.</summary>
    /// <returns>The end of it, to be disposed in the reverse order where several are nested.</returns>
    /// <exception cref="InvalidOperationException">The model has no adapters that can be switched.</exception>
    public virtual IDisposable WithoutAdapters() => throw WithoutAny();

    /// <summary>Lets an adapter compute until the result is disposed; then the one that did before goes on.</summary>
    /// <param name="name">Name of an adapter.</param>
    /// <returns>The end of it, to be disposed in the reverse order where several are nested.</returns>
    /// <exception cref="InvalidOperationException">The model has no adapters that can be switched.</exception>
    public virtual IDisposable WithAdapter(string name) => throw WithoutAny();

    /// <summary>Log-probability of each response token of a batch.</summary>
    /// <param name="layout">The batch, on the model's device.</param>
    /// <param name="temperature">Logits are divided by it, as they were where the tokens were sampled; 1 is the model itself. Greater than 0.</param>
    /// <returns><c>[M]</c> nats in float32 (float64 for a float64 model), with gradient where gradients are on.</returns>
    /// <exception cref="ArgumentException">A token id is not in the vocabulary, or a sequence is longer than <see cref="MaxPositions"/>.</exception>
    public TokenLogProbs TokenLogProbs(TokenLayout layout, double temperature = 1) => Scored(layout, temperature, isRehearsal: false);

    /// <summary>The same; without gradients, as a rehearsal of the pass that will have them: with the same bits, for the memory of that pass's logits.</summary>
    internal TokenLogProbs Rehearsed(TokenLayout layout, double temperature) => Scored(layout, temperature, isRehearsal: true);

    private TokenLogProbs Scored(TokenLayout layout, double temperature, bool isRehearsal)
    {
        ArgumentNullException.ThrowIfNull(layout);
        Ensure.Positive(temperature, nameof(temperature));
        layout.RequireVocabulary(VocabularySize);
        if (layout.MaxLength > MaxPositions)
            throw new ArgumentException($"Sequences must have at most {MaxPositions} tokens for this model; the longest has {layout.MaxLength}.", nameof(layout));
        using var scope = NewDisposeScope();
        var values = ChunkedLogProbs.Of(PredictingHidden(layout), OutputWeight, layout.Targets, LogitSoftCap, temperature: temperature, isRehearsal: isRehearsal); // [M] nats
        return new TokenLogProbs(values.MoveToOuterDisposeScope(), layout.SequenceIds, layout.ResponseLengths);
    }

    /// <summary>Log-probabilities of the two responses of each pair of a batch.</summary>
    /// <param name="layout">A batch of pairs, on the model's device.</param>
    /// <returns><c>[B]</c> nats each.</returns>
    public PairLogProbs PairLogProbs(TokenLayout layout) => TokenLogProbs(layout).Sum().Pairs();

    private InvalidOperationException WithoutAny() => new($"The model must have adapters that can be switched; {GetName()} has none.");
}
