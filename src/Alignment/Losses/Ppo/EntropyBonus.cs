using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>A reward for staying undecided: <c>-c H</c> for each token, with the entropy <c>H = -Σ_v p_v log p_v</c> of <c>p = softmax(z)</c>.</summary>
/// <remarks>
/// Schulman et al. 2017 (arXiv 1707.06347), eq. 9. A token that cannot be drawn (logit -∞) adds 0. Rows are independent, so a caller with a
/// large vocabulary passes a few rows at a time. Logits are those of sampling, that is already divided by the temperature.
/// </remarks>
public sealed class EntropyBonus : nn.Module<Tensor, EntropyBonusOutput>
{
    /// <summary>Makes the bonus with its usual weight.</summary>
    public EntropyBonus() : base(nameof(EntropyBonus)) { }

    /// <summary>Weight of the entropy, <c>c</c>, per nat.</summary>
    /// <value>The default is 0.01. Finite and at least 0.</value>
    public double Coefficient { get; init => field = Ensure.NotNegative(value); } = 0.01;

    /// <summary>Computes entropy and bonus of each row.</summary>
    /// <param name="input">Logits, <c>[M, V]</c>, each row with at least one finite logit.</param>
    /// <returns>Loss and entropy of each row, <c>[M]</c>.</returns>
    /// <exception cref="ArgumentException">The logits are no matrix of a floating-point type with a row and a column.</exception>
    public override EntropyBonusOutput forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 2 || input.shape[0] == 0 || input.shape[1] == 0 || !input.is_floating_point())
            throw new ArgumentException($"logits must be [M, V] of a floating-point type with at least one row and one column; got {input}.", nameof(input));
        using var scope = NewDisposeScope();
        var logProbs = input.log_softmax(1);                                              // [M, V] nats
        var surprise = where(input > double.NegativeInfinity, logProbs, zeros_like(logProbs));
        var entropy = -(logProbs.exp() * surprise).sum(1);                                // [M] nats
        return new EntropyBonusOutput(
            (-Coefficient * entropy).MoveToOuterDisposeScope(),
            entropy.detach().MoveToOuterDisposeScope());
    }
}
