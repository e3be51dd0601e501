namespace Alignment.Losses;

/// <summary>
/// LD-DPO and its like: any pair loss on log-probabilities <c>Σ_{t ≤ n} log π_t + α Σ_{t > n} log π_t</c>, where n is the length of the shorter
/// response of the pair. A longer response then gains less from length alone.
/// </summary>
/// <remarks>
/// Liu et al. 2024 (arXiv 2409.06411). The weighting happens in <see cref="Pairs"/>, for policy and reference alike;
/// <see cref="forward"/> is the inner loss's. Losses that divide by lengths divide by whole lengths.
/// </remarks>
public sealed class LengthDesensitizedLoss : PairLoss
{
    /// <summary>Weight of tokens beyond the shared length: 1 leaves the loss as it is, 0 drops them.</summary>
    /// <value>The default is 0.5. At least 0 and at most 1.</value>
    public double Alpha { get; init => field = Ensure.Within(value, 0, 1); } = 0.5;

    /// <summary>The loss on the weighted log-probabilities; it belongs to this one and is disposed with it.</summary>
    /// <value>The default is <see cref="DpoLoss"/> with β = 0.1.</value>
    public PairLoss Loss { get; init => field = Ensure.NotNull(value); } = new DpoLoss();

    /// <inheritdoc/>
    public override bool NeedsReference => Loss.NeedsReference;

    /// <inheritdoc/>
    public override PairLogProbs Pairs(TokenLogProbs tokens) => Loss.Pairs(LengthDesensitization.Of(tokens, Alpha));

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2) => Loss.call(input1, input2);
}
