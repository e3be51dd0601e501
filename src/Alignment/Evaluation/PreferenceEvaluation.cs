using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Evaluation;

/// <summary>How a policy ranks held-out pairs.</summary>
/// <param name="Accuracy">Pairs whose preferred response gained strictly more over the reference.</param>
/// <param name="Margin">Mean of <c>(log π_w - log ref_w) - (log π_l - log ref_l)</c> in nats; times β it is the margin of implicit rewards.</param>
public sealed record PreferenceEvaluation(Proportion Accuracy, double Margin)
{
    /// <summary>Ranks pairs by implicit reward, without gradients.</summary>
    /// <param name="policy">The trained policy.</param>
    /// <param name="reference">The reference that it was trained against.</param>
    /// <param name="pairs">Pairs that training did not see; at least one.</param>
    /// <param name="batchSize">Pairs that go through the models at once.</param>
    /// <param name="cancellationToken">Ends the evaluation between two batches, by an exception.</param>
    public static PreferenceEvaluation Of(CausalLanguageModel policy, ReferencePolicy reference, IReadOnlyList<TokenizedPair> pairs, int batchSize = 16, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0) throw new ArgumentException("Evaluation needs at least one pair.", nameof(pairs));
        Ensure.AtLeast(batchSize, 1, nameof(batchSize));
        using var noGrad = no_grad();
        policy.eval();
        var wins = 0;
        var margin = 0.0;
        foreach (var batch in pairs.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(batch, policy.Device);
            var ours = policy.PairLogProbs(layout);
            var theirs = reference.PairLogProbs(layout);
            var margins = (ours.Chosen - theirs.Chosen - (ours.Rejected - theirs.Rejected)).to(ScalarType.Float64).data<double>().ToArray();
            wins += margins.Count(m => m > 0);
            margin += margins.Sum();
        }
        return new PreferenceEvaluation(new Proportion(wins, pairs.Count), margin / pairs.Count);
    }
}
