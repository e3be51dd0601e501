using Alignment.Evaluation;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Trains a policy on preference pairs against a reference: DPO and every other loss on pairs.</summary>
/// <remarks>
/// Rafailov et al. 2023 (arXiv 2305.18290). A shared prompt goes through policy and reference once for both responses. Before the first step
/// policy and reference must agree on every row of the first batch, for a loss that has a reference.
/// </remarks>
public sealed class DpoTrainer : ITrainingMethod<TokenizedPair>
{
    private readonly CausalLanguageModel _policy;
    private readonly ReferencePolicy? _reference;
    private readonly DpoOptions _options;
    private readonly ReferenceSync? _sync;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="policy">The model to train, already on its device.</param>
    /// <param name="reference">What the policy is pulled towards; null only for a loss that needs none, such as SimPO.</param>
    /// <param name="options">Loss, run and optimizer; the defaults where null.</param>
    /// <param name="time">The clock of the run; the system's where null.</param>
    /// <exception cref="ArgumentException">The loss needs a reference and there is none, or the reference is the policy itself or can't follow it as asked.</exception>
    public DpoTrainer(CausalLanguageModel policy, ReferencePolicy? reference, DpoOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        (_policy, _reference, _options, _time) = (policy, reference, options ?? new DpoOptions(), time ?? TimeProvider.System);
        if (reference is null && _options.Loss.NeedsReference)
            throw new ArgumentException($"{_options.Loss.GetName()} needs a reference; only losses without one take null.", nameof(reference));
        reference?.RequireApartFrom(policy);
        if (_options.ReferenceSync is not { } sync) return;
        _sync = reference?.Following(policy, sync) ?? throw new ArgumentException($"{nameof(DpoOptions.ReferenceSync)} needs a reference; there is none.", nameof(reference));
    }

    string ITrainingMethod<TokenizedPair>.Name => "DPO";

    TokenModel ITrainingMethod<TokenizedPair>.Model => _policy;

    double ITrainingMethod<TokenizedPair>.UsualLearningRate => DpoOptions.UsualLearningRate;

    bool ITrainingMethod<TokenizedPair>.IsAlignment => true;

    ReferencePolicy? ITrainingMethod<TokenizedPair>.Reference => _reference;

    ReferenceSync? ITrainingMethod<TokenizedPair>.Sync => _sync;

    /// <summary>Runs over the pairs.</summary>
    /// <param name="pairs">The pairs; at least one.</param>
    /// <param name="heldOut">Pairs for evaluation, which are not learnt from; none where null.</param>
    /// <param name="observer">Hears every event, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run after its step, by an exception.</param>
    /// <returns>What came of the run.</returns>
    /// <exception cref="TrainingException">A check failed, or loss or gradient is no longer finite.</exception>
    public RunResult Train(IReadOnlyList<TokenizedPair> pairs, IReadOnlyList<TokenizedPair>? heldOut = null, IObserver<RunEvent>? observer = null, CancellationToken cancellationToken = default) =>
        new TrainingRun<TokenizedPair>(this, _options, _options.Run, _options.Optimizer, _time).Run(pairs, heldOut, observer, cancellationToken);

    TrainingStep ITrainingMethod<TokenizedPair>.Step(StepBatch<TokenizedPair> step, ModelOptimizer optimizer)
    {
        var weights = new RowWeights<TokenizedPair>(step.Rows, pair => pair.Weight);
        var sums = new DpoSums();
        foreach (var pairs in step.Batches)
        {
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(pairs, _policy.Device);
            var reference = _reference?.PairLogProbs(layout, _options.Loss.Pairs);   // first: the policy's activations are not there yet
            var policy = _options.Loss.Pairs(_policy.TokenLogProbs(layout));
            var output = _options.Loss.call(policy, reference!);
            var loss = weights.Share(output.PerPair, pairs);   // of the mean over all pairs of the step, part by part
            sums.Add(loss, policy, output, layout.TokenCount);
            ModelOptimizer.Accumulate(loss);
        }
        return sums.Mean(step, optimizer.Apply());
    }

    void ITrainingMethod<TokenizedPair>.Check(IReadOnlyList<TokenizedPair> rows, IReadOnlyList<int> places)
    {
        if (_reference is null || !_options.Loss.NeedsReference) return;
        var gains = Outcomes(rows, 1).SelectMany(pair => new[] { Math.Abs(pair.ChosenGain), Math.Abs(pair.RejectedGain) }).ToList();
        ReferenceCheck.Require(gains, index => places[index / 2], "pair");
    }

    IReadOnlyList<Metric> ITrainingMethod<TokenizedPair>.Evaluate(IReadOnlyList<TokenizedPair> rows, int batchSize, CancellationToken cancellationToken) =>
        PairMetrics.Of([.. Outcomes(rows, batchSize, cancellationToken)]);

    IReadOnlyList<int> ITrainingMethod<TokenizedPair>.Prompt(TokenizedPair row) => row.Prompt;

    DataFingerprint ITrainingMethod<TokenizedPair>.Fingerprint(IReadOnlyList<TokenizedPair> rows) => DataFingerprint.Of(rows);

    int ITrainingMethod<TokenizedPair>.Tokens(TokenizedPair row) => row.Prompt.Count + row.Chosen.Count + row.Rejected.Count;

    EncodingPreview ITrainingMethod<TokenizedPair>.Preview(TokenizedPair row, ITokenizer tokenizer) => EncodingPreview.Of(row, tokenizer);

    TokenLayout ITrainingMethod<TokenizedPair>.Layout(IReadOnlyList<TokenizedPair> rows) => TokenLayout.Of(rows, _policy.Device);

    private IEnumerable<PairOutcome> Outcomes(IReadOnlyList<TokenizedPair> rows, int batchSize, CancellationToken cancellationToken = default)
    {
        foreach (var pairs in rows.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var outcome in PairOutcomes.Of(_policy, _reference, _options.Loss, pairs)) yield return outcome;
        }
    }
}
