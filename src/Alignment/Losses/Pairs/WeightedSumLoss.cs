using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>A weighted sum of pair losses: <c>Σ_i weight_i loss_i</c> for each pair. Rewards are those of the first loss.</summary>
/// <remarks>
/// Mixed Preference Optimization (Wang et al. 2024, arXiv 2411.10442) is 0.8 <see cref="DpoLoss"/>, 0.2 <see cref="BcoLoss"/> and
/// 1 <see cref="ChosenNllLoss"/>. The losses belong to the sum and are disposed with it.
/// </remarks>
public sealed class WeightedSumLoss : PairLoss
{
    private readonly (double Weight, PairLoss Loss)[] _terms;

    /// <summary>Makes a sum.</summary>
    /// <param name="terms">Weights, finite and at least 0, and losses; at least one. Length desensitization goes around the sum, not into it.</param>
    /// <exception cref="ArgumentException">There is no term, a loss is null or desensitizes lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public WeightedSumLoss(params ReadOnlySpan<(double Weight, PairLoss Loss)> terms)
    {
        if (terms.IsEmpty) throw new ArgumentException("A weighted sum needs at least one loss.", nameof(terms));
        _terms = terms.ToArray();
        for (var i = 0; i < _terms.Length; i++)
        {
            var (weight, loss) = _terms[i];
            Ensure.NotNegative(weight, $"terms[{i}].Weight");
            ArgumentNullException.ThrowIfNull(loss, $"terms[{i}].Loss");
            if (loss is LengthDesensitizedLoss)
                throw new ArgumentException($"terms[{i}].Loss must take plain sums over tokens: put one LengthDesensitizedLoss around the sum.", nameof(terms));
            register_module($"{i}", loss);
        }
    }

    /// <summary>The losses, in the order in which they were given.</summary>
    [Setting]
    public IReadOnlyList<PairLoss> Losses => [.. _terms.Select(term => term.Loss)];

    /// <summary>The weight of each loss.</summary>
    [Setting]
    public IReadOnlyList<double> Weights => [.. _terms.Select(term => term.Weight)];

    /// <inheritdoc/>
    public override bool NeedsReference => _terms.Any(term => term.Loss.NeedsReference);

    /// <inheritdoc/>
    public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
    {
        using var scope = NewDisposeScope();
        var outputs = _terms.Select(term => term.Loss.call(input1, input2)).ToArray();
        var sum = _terms[0].Weight * outputs[0].PerPair;
        for (var i = 1; i < outputs.Length; i++) sum = sum + _terms[i].Weight * outputs[i].PerPair;
        return new PairLossOutput(
            sum.MoveToOuterDisposeScope(),
            outputs[0].ChosenRewards.MoveToOuterDisposeScope(),
            outputs[0].RejectedRewards.MoveToOuterDisposeScope());
    }
}
