using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Scores a rollout before the first update: log-probabilities of policy and reference, values, and the scores of the reward source.</summary>
/// <remarks>
/// Sampled tokens are scored once more by the path that the update takes, so that both sides of its ratio come from one computation. The sampler's
/// own numbers are kept to be compared with. Rows go through the policy in the very batches and parts of the update's first pass: kernels round
/// by shape, in 16 bits by a percent, and the ratio would not be 1.
/// </remarks>
internal sealed class RolloutScorer(OnPolicyModels models, double temperature)
{
    /// <summary>Scores the responses of a rollout.</summary>
    /// <param name="rollout">The responses.</param>
    /// <param name="batches">Rows that go through the models at once; together all rows.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    public ScoredRollout Score(Rollout rollout, IEnumerable<IReadOnlyList<int>> batches, CancellationToken cancellationToken = default)
    {
        var (policy, reference) = (new double[rollout.TokenCount], new double[rollout.TokenCount]);
        var values = models.Value is null ? null : new double[rollout.TokenCount];
        using var noGrad = no_grad();
        foreach (var rows in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var layout = rollout.Layout(rows, models.Policy.Device);
            Put(policy, models.Policy.TokenLogProbs(layout, temperature).Values);
            Put(reference, models.Reference.TokenLogProbs(layout, temperature).Values);
            if (values is not null) Put(values, models.Value!.Values(layout));

            void Put(double[] all, Tensor numbers) => TokenColumns.Put(all, rollout.Sequences, rows, numbers);
        }
        return new ScoredRollout(rollout, policy, reference, values, models.Reward.Checked(rollout.Responses, cancellationToken));
    }

    /// <summary>The memory of scoring one batch, with no source asked; all numbers are 0.</summary>
    public ScoredRollout Try(Rollout rollout, IReadOnlyList<int> rows)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var layout = rollout.Layout(rows, models.Policy.Device);
        models.Reference.TokenLogProbs(layout, temperature);
        var policy = new double[rollout.TokenCount];
        TokenColumns.Put(policy, rollout.Sequences, rows, models.Policy.TokenLogProbs(layout, temperature).Values);
        return new ScoredRollout(rollout, policy, new double[rollout.TokenCount], models.Value is null ? null : new double[rollout.TokenCount], new RewardScores(new double[rollout.Responses.Count]));
    }
}
