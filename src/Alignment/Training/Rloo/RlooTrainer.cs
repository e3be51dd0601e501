using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Trains a policy on scores of its own responses against the mean of the other responses to the same prompt, with no value model.</summary>
/// <remarks>Ahmadian et al. 2024 (arXiv 2402.14740): a response is one action, and its reward is its score less the cost of divergence.</remarks>
public sealed class RlooTrainer
{
    private readonly OnPolicyModels _models;
    private readonly RlooOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="models">Policy, reference and reward; a value model is not used.</param>
    /// <param name="options">The defaults where null.</param>
    /// <param name="time">The clock of the run; the system's where null.</param>
    /// <exception cref="ArgumentException">There is a value model, or one response to a prompt, which leaves no other to compare with.</exception>
    public RlooTrainer(OnPolicyModels models, RlooOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        (_models, _options, _time) = (models, options ?? new RlooOptions(), time ?? TimeProvider.System);
        GroupCheck.Require(models, _options.Rollout, nameof(options));
    }

    /// <inheritdoc cref="PpoTrainer.Train"/>
    public RunResult Train(IReadOnlyList<TokenizedPrompt> prompts, IReadOnlyList<TokenizedPrompt>? heldOut = null, IObserver<RunEvent>? observer = null, CancellationToken cancellationToken = default) =>
        new OnPolicyRun("RLOO", RlooOptions.UsualLearningRate, _models, _options, Common, _options.Optimizer, _time).Train(Iterate, prompts, heldOut, observer, cancellationToken);

    private OnPolicyOptions Common => new()
    {
        Rollout = _options.Rollout,
        Scores = _options.Scores,
        Kl = _options.Kl,
        Update = _options.Update,
        Watch = _options.Watch,
        Run = _options.Run,
        Policy = new PolicyObjective(_options.PolicyLoss) { IsOfResponses = true },
    };

    private OnPolicyStep Iterate(OnPolicyLoop loop, StepBatch<TokenizedPrompt> step, ModelOptimizer optimizer)
    {
        var rollout = loop.Sample(step);                                       // prompts to responses, several each
        var scored = loop.Score(rollout, step);                                // log-probabilities, scores
        var rewards = loop.Shape(scored);                                      // score less β kl
        var advantages = Advantages(rollout, rewards);                         // against the others of its prompt
        var sums = loop.Update(scored, advantages, step, optimizer);
        return loop.Measured(step, scored, rewards, sums);
    }

    private Advantages Advantages(Rollout rollout, Shaped rewards)
    {
        using var scope = NewDisposeScope();
        return rollout.OfResponses(GroupAdvantages.LeaveOneOut(tensor(rewards.PerResponse), _options.Rollout.SamplesPerPrompt));
    }
}
