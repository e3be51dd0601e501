using Alignment.Losses;
using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Learns from a scored rollout: some passes in parts, each part one optimizer step, its gradients added up batch by batch.</summary>
/// <remarks>
/// Policy and value model go forward and backward one after the other, since their losses are added and share no graph: only one of the two has
/// activations in memory. A loss is a mean over its whole part, so that a part is the same however it is cut into batches.
/// </remarks>
internal sealed class PolicyUpdate(OnPolicyModels models, UpdateOptions options, PolicyObjective policy, ValueObjective? value, double temperature, bool checksRatio)
{
    /// <summary>Learns from all responses.</summary>
    /// <exception cref="TrainingException">The policy was not the one that sampled.</exception>
    public UpdateSums Run(ScoredRollout scored, Advantages advantages, UpdatePlan plan, ModelOptimizer optimizer)
    {
        var sums = new UpdateSums();
        for (var epoch = 0; epoch < options.Epochs && !sums.StoppedEarly; epoch++)
            foreach (var part in plan.Of(epoch))
            {
                Accumulate(scored, advantages, part, sums, isFirst: sums.Updates == 0);
                if (sums.PartKl > options.MaxKl)
                {
                    optimizer.Forget();
                    sums.StoppedEarly = true;
                    break;
                }
                sums.Add(optimizer.Update());
            }
        optimizer.EndStep();
        return sums;
    }

    /// <summary>Adds the gradients of one part.</summary>
    public void Accumulate(ScoredRollout scored, Advantages advantages, IReadOnlyList<int[]> part, UpdateSums sums, bool isFirst)
    {
        var lengths = scored.Rollout.Sequences.Lengths;
        var (responses, tokens) = (part.Sum(rows => rows.Length), part.Sum(rows => rows.Sum(row => lengths[row])));
        sums.StartPart();
        foreach (var rows in part)
        {
            using var scope = NewDisposeScope();
            using var layout = scored.Rollout.Layout(rows, models.Policy.Device);
            AccumulatePolicy(scored, advantages, rows, layout, responses, tokens, sums, isFirst);
            if (value is not null) AccumulateValue(scored, advantages, rows, layout, tokens, sums);
        }
    }

    private void AccumulatePolicy(ScoredRollout scored, Advantages advantages, int[] rows, TokenLayout layout, int responses, int tokens, UpdateSums sums, bool isFirst)
    {
        using var scope = NewDisposeScope();
        var now = models.Policy.TokenLogProbs(layout, temperature);                                     // [m] nats
        var old = now with { Values = Take(scored.Policy, now.Values) };
        var advantage = Take(advantages.Values, now.Values);                                            // [m]
        if (isFirst && checksRatio)
            RatioCheck.Require(HostNumbers.Of(now.Values - old.Values), scored.Rollout, rows, models.Policy.OutputWeight.dtype);
        var output = policy.IsOfResponses
            ? policy.Loss.call(now.Sum().Values, old.Sum().Values, FirstOfEach(advantage, now.Lengths))  // [s]
            : policy.Loss.call(now.Values, old.Values, advantage);                                      // [m]
        var loss = policy.IsOfResponses ? output.PerToken.sum() / responses : Mean(output.PerToken);
        if (policy.KlCoefficient > 0)
            loss = loss + policy.KlCoefficient * Mean(policy.KlEstimator.PerToken(now.Values, Take(scored.Reference, now.Values)));
        sums.AddPolicy(Numbers(loss, output), layout.TokenCount);
        ModelOptimizer.Accumulate(loss);

        Tensor Take(double[] all, Tensor like) => TokenColumns.Take(all, scored.Rollout.Sequences, rows, like);

        // The share of this batch in the mean over its part.
        Tensor Mean(Tensor perToken) => policy.Mean == LossMean.Tokens
            ? perToken.sum() / tokens
            : (perToken / Lengths(now, perToken)).sum() / responses;
    }

    private void AccumulateValue(ScoredRollout scored, Advantages advantages, int[] rows, TokenLayout layout, int tokens, UpdateSums sums)
    {
        using var scope = NewDisposeScope();
        var values = models.Value!.Values(layout);                                                      // [m]
        var output = value!.Loss.call(values, Take(scored.Values!), Take(advantages.Returns!));
        var loss = TokenStatistics.ShareOfMean(output.PerToken, tokens);
        var numbers = HostNumbers.Of(stack([loss, output.Clipped.sum().to(loss.dtype)]));
        sums.AddValue(numbers[0], numbers[1], rows.Sum(row => scored.Rollout.Sequences.Lengths[row]));
        ModelOptimizer.Accumulate(value.Coefficient * loss);

        Tensor Take(double[] all) => TokenColumns.Take(all, scored.Rollout.Sequences, rows, values);
    }

    private static double[] Numbers(Tensor loss, PpoPolicyOutput output) => HostNumbers.Of(stack(
    [
        loss, output.Clipped.sum().to(loss.dtype), output.Ratio.sum(), output.Ratio.square().sum(), output.KlK1.square().sum(), output.KlK3.sum(),
        full_like(loss.detach(), output.Ratio.shape[0]),
    ]));

    // All tokens of a response have its advantage.
    private static Tensor FirstOfEach(Tensor perToken, IReadOnlyList<int> lengths)
    {
        var firsts = new long[lengths.Count];
        for (var i = 1; i < firsts.Length; i++) firsts[i] = firsts[i - 1] + lengths[i - 1];
        return perToken.index_select(0, tensor(firsts, device: perToken.device));
    }

    private static Tensor Lengths(TokenLogProbs logProbs, Tensor like) =>
        tensor(logProbs.Lengths.SelectMany(length => Enumerable.Repeat((double)length, length)).ToArray(), dtype: like.dtype, device: like.device);
}
