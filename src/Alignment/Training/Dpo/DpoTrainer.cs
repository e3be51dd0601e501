using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Trains a policy on preference pairs against a reference: DPO and every other loss on pairs.</summary>
/// <remarks>Rafailov et al. 2023 (arXiv 2305.18290). A shared prompt goes through policy and reference once for both responses.</remarks>
public sealed class DpoTrainer
{
    private readonly CausalLanguageModel _policy;
    private readonly ReferencePolicy? _reference;
    private readonly DpoOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="policy">The model to train, already on its device.</param>
    /// <param name="reference">What the policy is pulled towards; null only for a loss that needs none, such as SimPO.</param>
    /// <param name="options">Loss, run and optimizer; the defaults where null.</param>
    /// <param name="time">The clock of tokens a second; the system's where null.</param>
    /// <exception cref="ArgumentException">The loss needs a reference and there is none, or the reference is the policy itself.</exception>
    public DpoTrainer(CausalLanguageModel policy, ReferencePolicy? reference, DpoOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        (_policy, _reference, _options, _time) = (policy, reference, options ?? new DpoOptions(), time ?? TimeProvider.System);
        if (reference is null && _options.Loss.NeedsReference)
            throw new ArgumentException($"{_options.Loss.GetName()} needs a reference; only losses without one take null.", nameof(reference));
        reference?.RequireApartFrom(policy);
    }

    /// <summary>Runs over the pairs.</summary>
    /// <param name="pairs">The pairs; at least one.</param>
    /// <param name="observer">Hears every step, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run between two steps, by an exception.</param>
    /// <exception cref="TrainingException">Loss or gradient is no longer finite.</exception>
    public void Train(IReadOnlyList<TokenizedPair> pairs, IObserver<DpoStep>? observer = null, CancellationToken cancellationToken = default) =>
        TrainingLoop.Run(_policy, pairs, _options.Run, _options.Optimizer, DpoOptions.UsualLearningRate, Step, observer, cancellationToken);

    private DpoStep Step(StepBatch<TokenizedPair> step, ModelOptimizer optimizer)
    {
        var started = _time.GetTimestamp();
        var sums = new DpoSums(step.Rows.Count());
        foreach (var pairs in step.Batches)
        {
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(pairs, _policy.Device);
            var policy = _options.Loss.Pairs(_policy.TokenLogProbs(layout));
            var reference = _reference?.PairLogProbs(layout, _options.Loss.Pairs);
            var output = _options.Loss.call(policy, reference!);
            sums.Add(policy, output, layout.TokenCount);
            TrainingLoop.RequireFinite(sums.Loss, "The loss", step.Step);
            ModelOptimizer.Accumulate(output.PerPair.sum() / sums.Pairs);   // the mean over all pairs of the step, part by part
        }
        var update = optimizer.Apply();
        return sums.Mean(step, update, _time.GetElapsedTime(started));
    }
}
