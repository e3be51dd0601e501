using Alignment.Generation;
using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>The steps that iterations are made of. A method puts them in order and has its own way from rewards to advantages.</summary>
internal sealed class OnPolicyLoop(OnPolicyModels models, OnPolicyOptions options, TimeProvider time)
{
    private readonly RolloutSampler _sampler = new(models.Policy, options.Rollout, options.Run.Tokenizer);
    private readonly RolloutScorer _scorer = new(models, options.Rollout.Temperature);
    private readonly PolicyUpdate _update = new(models, options.Update, options.Policy, options.Value, options.Rollout.Temperature, options.Run.SelfChecks);
    private TimeSpan _sampling, _updating;

    public OnPolicyState State { get; } = new(options.Kl, options.Watch);

    /// <summary>Prompts to responses.</summary>
    public Rollout Sample(StepBatch<TokenizedPrompt> step)
    {
        var started = time.GetTimestamp();
        var rollout = _sampler.Sample(step.Batches, step.Places, IterationSeeds.Sampling(options.Run.Seed, step.Step), step.Cancellation);
        _sampling = time.GetElapsedTime(started);
        return rollout;
    }

    /// <summary>Responses to log-probabilities, values and scores.</summary>
    public ScoredRollout Score(Rollout rollout, StepBatch<TokenizedPrompt> step) => _scorer.Score(rollout, Plan(rollout, step).Of(0).SelectMany(part => part), step.Cancellation);

    /// <summary>Scores and divergence to rewards; what a nat costs then learns from the divergence.</summary>
    /// <param name="scored">The responses.</param>
    /// <param name="hasKl">Whether divergence is a part of the reward; otherwise it is only measured.</param>
    public Shaped Shape(ScoredRollout scored, bool hasKl = true)
    {
        using var scope = NewDisposeScope();
        var coefficient = hasKl ? State.KlCoefficient : 0;
        var sequences = scored.Rollout.Sequences;
        Tensor scores = tensor(scored.Scores.Totals.ToArray());                                  // [S], float64 on the host from here on
        if (options.Scores.Normalizes)
        {
            State.Normalizer.Update(scores);
            scores = State.Normalizer.Normalize(scores);
        }
        var shaped = Shaping().Of(sequences, tensor(scored.Policy), tensor(scored.Reference), scores, coefficient, tensor(scored.Rollout.Responses.Select(response => response.HasEnded).ToArray()));
        var kl = HostNumbers.Of(sequences.Sums(shaped.Kl));
        NonFiniteException.Require(kl.Average(), "The divergence from the reference");
        if (hasKl) State.Update(kl.Average(), kl.Length);
        return new Shaped(HostNumbers.Of(shaped.PerToken), HostNumbers.Of(sequences.Sums(shaped.PerToken)), HostNumbers.Of(shaped.Scores), kl, coefficient);
    }

    /// <summary>Advantages to a better policy.</summary>
    public UpdateSums Update(ScoredRollout scored, Advantages advantages, StepBatch<TokenizedPrompt> step, ModelOptimizer optimizer)
    {
        var started = time.GetTimestamp();
        var sums = _update.Run(scored, advantages, Plan(scored.Rollout, step), optimizer);
        _updating = time.GetElapsedTime(started);
        return sums;
    }

    /// <summary>What an iteration measured.</summary>
    public OnPolicyStep Measured(StepBatch<TokenizedPrompt> step, ScoredRollout scored, Shaped shaped, UpdateSums sums) =>
        OnPolicyMeasures.Of(step, scored, shaped, sums, _sampling, _updating);

    /// <summary>What the watch makes of an iteration.</summary>
    public StepSigns Look(OnPolicyStep step) => Act(State.Watch.Look(step));

    /// <summary>What the watch makes of the evaluation that was just made.</summary>
    public StepSigns LookAtEvaluation() => Act(State.Watch.TakeSignsOfEvaluation());

    private StepSigns Act(IReadOnlyList<(string Code, string Message)> signs)
    {
        if (signs.Count > 0 && options.Watch.Action == RewardWatchAction.RaiseKl) State.RaiseKl(options.Watch.RaiseFactor);
        return new StepSigns(signs, Ends: signs.Count > 0 && options.Watch.Action is RewardWatchAction.Stop or RewardWatchAction.RollBack);
    }

    /// <summary>The largest batch of a prompt's responses forward and backward, as long as they may be. Nothing is sampled and no source asked.</summary>
    public TrainingStep Try(StepBatch<TokenizedPrompt> step, ModelOptimizer optimizer)
    {
        var (rollout, part) = Longest([.. step.Rows]);
        var scored = _scorer.Try(rollout, part);
        var sums = new UpdateSums();
        _update.Accumulate(scored, new Advantages(new double[rollout.TokenCount], new double[rollout.TokenCount]), [part], sums, isFirst: false);
        var update = optimizer.Update();
        optimizer.EndStep();
        return new TriedStep { Step = 0, Epoch = 0, Loss = 0, GradientNorm = update.GradientNorm, LearningRate = 0, Tokens = (int)sums.Tokens };
    }

    /// <summary>Responses to some prompts, all as long as they may be, and those that make the largest batch.</summary>
    public (Rollout Rollout, int[] Part) Longest(IReadOnlyList<TokenizedPrompt> rows)
    {
        var prompts = rows.OrderByDescending(row => row.Ids.Count).SelectMany(row => Enumerable.Repeat(row, options.Rollout.SamplesPerPrompt)).ToList();
        var rollout = new Rollout(
            [.. prompts.Select(row => new SampledResponse { Prompt = row.Ids, Ids = [.. Enumerable.Repeat(row.Ids[0], options.Rollout.MaxNewTokens)], HasEnded = false, Place = 0 })],
            new double[prompts.Count * options.Rollout.MaxNewTokens]);
        return (rollout, new UpdatePlan(options.Update, Lengths(rollout), seed: 0).Of(0)[0].MaxBy(batch => batch.Sum(rollout.LengthOf))!);
    }

    private UpdatePlan Plan(Rollout rollout, StepBatch<TokenizedPrompt> step) =>
        new(options.Update, Lengths(rollout), IterationSeeds.Order(options.Run.Seed, step.Step));

    private static int[] Lengths(Rollout rollout) => [.. Enumerable.Range(0, rollout.Responses.Count).Select(rollout.LengthOf)];

    // Without stop tokens no end can be missing.
    private KlRewardShaping Shaping() => StopTokens.Of(options.Rollout.StopIds, options.Run.Tokenizer).Count == 0
        ? new KlRewardShaping { Estimator = options.Kl.Estimator, ScoreClip = options.Scores.Clip }
        : new KlRewardShaping
        {
            Estimator = options.Kl.Estimator,
            ScoreClip = options.Scores.Clip,
            MissingEndScore = options.Scores.MissingEndScore,
            MissingEndPenalty = options.Scores.MissingEndScore is null ? options.Scores.MissingEndPenalty : null,
        };

    private sealed record TriedStep : TrainingStep;
}
