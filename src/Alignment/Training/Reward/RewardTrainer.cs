using Alignment.Evaluation;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Trains a reward model on preference pairs: a score for a whole answer, larger for what people prefer.</summary>
/// <remarks>
/// Bradley and Terry 1952; Christiano et al. 2017 (arXiv 1706.03741); Ouyang et al. 2022 (arXiv 2203.02155), eq. 1. One pass over the data is
/// usual: reward models overfit in the second. A shared prompt goes through the model once for both responses.
/// </remarks>
public sealed class RewardTrainer : ITrainingMethod<TokenizedPair>
{
    private readonly RewardModel _model;
    private readonly RewardOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="model">The model to train, already on its device.</param>
    /// <param name="options">Loss, run and optimizer; the defaults where null.</param>
    /// <param name="time">The clock of the run; the system's where null.</param>
    public RewardTrainer(RewardModel model, RewardOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _options, _time) = (model, options ?? new RewardOptions(), time ?? TimeProvider.System);
    }

    string ITrainingMethod<TokenizedPair>.Name => "Reward";

    TokenModel ITrainingMethod<TokenizedPair>.Model => _model;

    double ITrainingMethod<TokenizedPair>.UsualLearningRate => RewardOptions.UsualLearningRate;

    bool ITrainingMethod<TokenizedPair>.IsAlignment => false;

    /// <summary>Runs over the pairs.</summary>
    /// <param name="pairs">The pairs; at least one.</param>
    /// <param name="heldOut">Pairs for evaluation, which are not learnt from; none where null.</param>
    /// <param name="observer">Hears every event, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run after its step, by an exception.</param>
    /// <returns>What came of the run.</returns>
    /// <exception cref="TrainingException">Loss or gradient is no longer finite.</exception>
    public RunResult Train(IReadOnlyList<TokenizedPair> pairs, IReadOnlyList<TokenizedPair>? heldOut = null, IObserver<RunEvent>? observer = null, CancellationToken cancellationToken = default) =>
        new TrainingRun<TokenizedPair>(this, _options, _options.Run, _options.Optimizer, _time).Run(pairs, heldOut, observer, cancellationToken);

    TrainingStep ITrainingMethod<TokenizedPair>.Step(StepBatch<TokenizedPair> step, ModelOptimizer optimizer)
    {
        var weights = new RowWeights<TokenizedPair>(step.Rows, pair => pair.Weight);
        var sums = new RewardSums();
        foreach (var pairs in step.Batches)
        {
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(pairs, _model.Device);
            var rewards = Rewards(layout, pairs);
            var output = _options.Loss.call(rewards);
            var loss = weights.Share(output.PerPair, pairs);   // of the mean over all pairs of the step, part by part
            sums.Add(loss, rewards, output, layout.TokenCount);
            ModelOptimizer.Accumulate(loss);
        }
        return sums.Mean(step, optimizer.Apply());
    }

    // A new head has nothing to agree with; that its weights are learnt is checked with the gradients.
    void ITrainingMethod<TokenizedPair>.Check(IReadOnlyList<TokenizedPair> rows, IReadOnlyList<int> places) { }

    IReadOnlyList<Metric> ITrainingMethod<TokenizedPair>.Evaluate(IReadOnlyList<TokenizedPair> rows, int batchSize, CancellationToken cancellationToken)
    {
        var outcomes = new List<RewardOutcome>();
        foreach (var pairs in rows.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(pairs, _model.Device);
            var rewards = Rewards(layout, pairs);
            var numbers = stack([_options.Loss.call(rewards).PerPair, rewards.Chosen, rewards.Rejected], 1).to(ScalarType.Float64).cpu().data<double>().ToArray();
            outcomes.AddRange(pairs.Select((pair, i) =>
                new RewardOutcome(pair.Source, numbers[3 * i], numbers[3 * i + 1], numbers[3 * i + 2], pair.Chosen.Count, pair.Rejected.Count)));
        }
        return RewardMetrics.Of(outcomes);
    }

    IReadOnlyList<int> ITrainingMethod<TokenizedPair>.Prompt(TokenizedPair row) => row.Prompt;

    DataFingerprint ITrainingMethod<TokenizedPair>.Fingerprint(IReadOnlyList<TokenizedPair> rows) => DataFingerprint.Of(rows);

    int ITrainingMethod<TokenizedPair>.Tokens(TokenizedPair row) => row.Prompt.Count + row.Chosen.Count + row.Rejected.Count;

    EncodingPreview ITrainingMethod<TokenizedPair>.Preview(TokenizedPair row, ITokenizer tokenizer) => EncodingPreview.Of(row, tokenizer);

    TokenLayout ITrainingMethod<TokenizedPair>.Layout(IReadOnlyList<TokenizedPair> rows) => TokenLayout.Of(rows, _model.Device);

    private PairRewards Rewards(TokenLayout layout, IReadOnlyList<TokenizedPair> pairs)
    {
        var scores = _model.Scores(layout).view(-1, 2);   // [B, 2]
        var margins = pairs.Any(pair => pair.Margin is not null)
            ? tensor(pairs.Select(pair => pair.Margin ?? 0).ToArray(), dtype: scores.dtype, device: scores.device)
            : null;
        return new PairRewards(scores.select(1, 0), scores.select(1, 1), margins);
    }
}
