using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Trains a policy on scores of its own responses, held to a reference: PPO with a value model, the third stage of RLHF.</summary>
/// <remarks>
/// Ziegler et al. 2019 (arXiv 1909.08593), Stiennon et al. 2020 (arXiv 2009.01325), in the details of Huang et al. 2024 (arXiv 2403.17031); which test
/// holds each of these, the README beside says. Before the first update of each iteration every ratio must be 1.
/// </remarks>
public sealed class PpoTrainer
{
    private readonly OnPolicyModels _models;
    private readonly PpoOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="models">Policy, reference, reward and value model.</param>
    /// <param name="options">The defaults where null.</param>
    /// <param name="time">The clock of the run; the system's where null.</param>
    /// <exception cref="ArgumentException">There is no value model.</exception>
    public PpoTrainer(OnPolicyModels models, PpoOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        (_models, _options, _time) = (models, options ?? new PpoOptions(), time ?? TimeProvider.System);
        if (models.Value is null) throw new ArgumentException("PPO needs a value model; RLOO and GRPO need none.", nameof(models));
    }

    /// <summary>Runs over the prompts.</summary>
    /// <param name="prompts">The prompts; at least one.</param>
    /// <param name="heldOut">Prompts for evaluation, which are not learnt from; none where null.</param>
    /// <param name="observer">Hears every event, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run by an exception: at once while an iteration samples and scores, which is then begun anew, and after it while it learns.</param>
    /// <returns>What came of the run.</returns>
    /// <exception cref="ArgumentException">A prompt leaves no room for a response.</exception>
    /// <exception cref="RewardException">A judge gave no score for a response.</exception>
    /// <exception cref="TrainingException">A check failed, a score is missing, or loss or gradient is no longer finite.</exception>
    public RunResult Train(IReadOnlyList<TokenizedPrompt> prompts, IReadOnlyList<TokenizedPrompt>? heldOut = null, IObserver<RunEvent>? observer = null, CancellationToken cancellationToken = default) =>
        new OnPolicyRun("PPO", PpoOptions.UsualLearningRate, _models, _options, Common, _options.Optimizer, _time).Train(Iterate, prompts, heldOut, observer, cancellationToken);

    internal OnPolicyOptions Common => new()
    {
        Rollout = _options.Rollout,
        Scores = _options.Scores,
        Kl = _options.Kl,
        Update = _options.Update,
        Watch = _options.Watch,
        Run = _options.Run,
        Policy = new PolicyObjective(_options.PolicyLoss),
        Value = new ValueObjective(_options.ValueLoss, _options.ValueCoefficient),
    };

    internal OnPolicyStep Iterate(OnPolicyLoop loop, StepBatch<TokenizedPrompt> step, ModelOptimizer optimizer)
    {
        var rollout = loop.Sample(step);                                       // prompts to responses
        var scored = loop.Score(rollout, step);                                // log-probabilities, values, scores
        var rewards = loop.Shape(scored);                                      // -β kl at each token, the score at the last
        var advantages = Estimate(scored, rewards);                            // how much better than foretold
        var sums = loop.Update(scored, advantages, step, optimizer);           // K epochs of clipped steps
        return Measured(loop.Measured(step, scored, rewards, sums), scored, advantages, sums);
    }

    internal Advantages Estimate(ScoredRollout scored, Shaped rewards)
    {
        using var scope = NewDisposeScope();
        var perToken = tensor(rewards.PerToken);                                                             // [M], float64
        if (_options.WhitensRewards) perToken = Whitening.KeepingMean(perToken);
        var estimate = _options.Advantages.Of(scored.Rollout.Sequences, perToken, tensor(scored.Values!));
        // Whitened over the whole iteration; returns are those before.
        return new Advantages(HostNumbers.Of(Whitening.ToZeroMean(estimate.Advantages)), HostNumbers.Of(estimate.Returns));
    }

    private PpoStep Measured(OnPolicyStep step, ScoredRollout scored, Advantages advantages, UpdateSums sums) => new(step)
    {
        Loss = sums.MeanPolicyLoss + _options.ValueCoefficient * sums.MeanValueLoss,
        ValueLoss = sums.MeanValueLoss,
        ValueClipFraction = sums.ValueClipFraction,
        ExplainedVariance = 1 - Variance(advantages.Returns!.Zip(scored.Values!, (target, value) => target - value)) / Variance(advantages.Returns!),
    };

    private static double Variance(IEnumerable<double> values)
    {
        List<double> all = [.. values];
        var mean = all.Average();
        return all.Sum(value => (value - mean) * (value - mean)) / all.Count;
    }
}
