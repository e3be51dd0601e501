using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Trains a policy on scores of its own responses, normalized within the responses to one prompt, with divergence in the loss and no value model.</summary>
/// <remarks>Shao et al. 2024 (arXiv 2402.03300), section 4.1.</remarks>
public sealed class GrpoTrainer
{
    private readonly OnPolicyModels _models;
    private readonly GrpoOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="models">Policy, reference and reward; a value model is not used.</param>
    /// <param name="options">The defaults where null.</param>
    /// <param name="time">The clock of the run; the system's where null.</param>
    /// <exception cref="ArgumentException">There is a value model, one response to a prompt, or a watch that is to raise what is not in the reward.</exception>
    public GrpoTrainer(OnPolicyModels models, GrpoOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        (_models, _options, _time) = (models, options ?? new GrpoOptions(), time ?? TimeProvider.System);
        GroupCheck.Require(models, _options.Rollout, nameof(options));
        if (_options.Watch.Action == RewardWatchAction.RaiseKl)
            throw new ArgumentException("Watch.Action must not be RaiseKl: in GRPO, divergence costs Beta in the loss, which stays as it is.", nameof(options));
    }

    /// <inheritdoc cref="PpoTrainer.Train"/>
    public RunResult Train(IReadOnlyList<TokenizedPrompt> prompts, IReadOnlyList<TokenizedPrompt>? heldOut = null, IObserver<RunEvent>? observer = null, CancellationToken cancellationToken = default) =>
        new OnPolicyRun("GRPO", GrpoOptions.UsualLearningRate, _models, _options, Common, _options.Optimizer, _time).Train(Iterate, prompts, heldOut, observer, cancellationToken);

    private OnPolicyOptions Common => new()
    {
        Rollout = _options.Rollout,
        Scores = _options.Scores,
        Kl = new KlOptions { Estimator = _options.KlEstimator, Coefficient = 0 },
        Update = _options.Update,
        Watch = _options.Watch,
        Run = _options.Run,
        Policy = new PolicyObjective(_options.PolicyLoss) { Mean = _options.LossMean, KlCoefficient = _options.Beta, KlEstimator = _options.KlEstimator },
    };

    private OnPolicyStep Iterate(OnPolicyLoop loop, StepBatch<TokenizedPrompt> step, ModelOptimizer optimizer)
    {
        var rollout = loop.Sample(step);                                       // prompts to responses, several each
        var scored = loop.Score(rollout, step);                                // log-probabilities, scores
        var rewards = loop.Shape(scored, hasKl: false);                        // the score alone: divergence is in the loss
        var advantages = Advantages(rollout, rewards);                         // against mean and spread of its group
        var sums = loop.Update(scored, advantages, step, optimizer);
        return loop.Measured(step, scored, rewards, sums);
    }

    private Advantages Advantages(Rollout rollout, Shaped rewards)
    {
        using var scope = NewDisposeScope();
        return rollout.OfResponses(GroupAdvantages.Normalized(tensor(rewards.Scores), _options.Rollout.SamplesPerPrompt, _options.ScalesAdvantages));
    }
}
