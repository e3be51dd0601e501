using System.Globalization;
using Alignment.Evaluation;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Trains a policy on single responses that people liked or did not: KTO and every other loss on unpaired responses.</summary>
/// <remarks>
/// Ethayarajh et al. 2024 (arXiv 2402.01306). The KL term of a step is estimated from prompts with responses to other prompts, without
/// gradient and over the whole step, so that a step is the same however it is cut into batches.
/// </remarks>
public sealed class KtoTrainer : ITrainingMethod<KtoRow>
{
    private readonly CausalLanguageModel _policy;
    private readonly ReferencePolicy _reference;
    private readonly KtoOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="policy">The model to train, already on its device.</param>
    /// <param name="reference">What the policy is pulled towards.</param>
    /// <param name="options">Loss, run and optimizer; the defaults where null.</param>
    /// <param name="time">The clock of the run; the system's where null.</param>
    /// <exception cref="ArgumentException">The reference is the policy itself, or a step has one row, from which no KL can be estimated.</exception>
    public KtoTrainer(CausalLanguageModel policy, ReferencePolicy reference, KtoOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        (_policy, _reference, _options, _time) = (policy, reference, options ?? new KtoOptions(), time ?? TimeProvider.System);
        reference.RequireApartFrom(policy);
        if (_options.Loss.NeedsMismatched && _options.Run.Batches.TokensPerBatch is null && _options.Run.RowsPerStep < 2)
            throw new ArgumentException(
                $"{_options.Loss.GetName()} estimates its KL from the other rows of a step: BatchSize times GradientAccumulationSteps must be at least 2.", nameof(options));
    }

    string ITrainingMethod<KtoRow>.Name => "KTO";

    TokenModel ITrainingMethod<KtoRow>.Model => _policy;

    double ITrainingMethod<KtoRow>.UsualLearningRate => KtoOptions.UsualLearningRate;

    bool ITrainingMethod<KtoRow>.IsAlignment => true;

    ReferencePolicy? ITrainingMethod<KtoRow>.Reference => _reference;

    /// <summary>Runs over the responses.</summary>
    /// <param name="responses">The responses; at least two.</param>
    /// <param name="heldOut">Responses for evaluation, which are not learnt from; none where null.</param>
    /// <param name="observer">Hears every event, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run after its step, by an exception.</param>
    /// <returns>What came of the run.</returns>
    /// <exception cref="TrainingException">A check failed, or loss or gradient is no longer finite.</exception>
    public RunResult Train(IReadOnlyList<TokenizedResponse> responses, IReadOnlyList<TokenizedResponse>? heldOut = null, IObserver<RunEvent>? observer = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(responses);
        if (responses.Count < 2) throw new ArgumentException("KTO needs at least two responses.", nameof(responses));
        var group = Math.Max(2, _options.Run.RowsPerStep);
        return new TrainingRun<KtoRow>(this, _options, _options.Run, _options.Optimizer, _time)
            .Run(KtoRow.Of(responses, group), heldOut is null ? null : KtoRow.Of(heldOut, group), observer, cancellationToken);
    }

    TrainingStep ITrainingMethod<KtoRow>.Step(StepBatch<KtoRow> step, ModelOptimizer optimizer)
    {
        using var stepScope = NewDisposeScope();
        var mismatched = Mismatched(step.Batches);
        var weights = new RowWeights<KtoRow>(step.Rows, row => row.Judged.Weight);
        var sums = new KtoSums();
        foreach (var rows in step.Batches)
        {
            using var scope = NewDisposeScope();
            using var layout = Layout(rows);
            var policy = _policy.TokenLogProbs(layout).Sum().Values;         // [B] nats
            var reference = _reference.TokenLogProbs(layout).Sum().Values;   // [B] nats
            var desirable = Desirable(rows);
            var output = _options.Loss.call(new UnpairedLogProbs(policy, reference, desirable, mismatched));
            var loss = weights.Share(output.PerExample, rows);   // of the mean over all rows of the step, part by part
            sums.Add(loss, policy, desirable, output, layout.TokenCount);
            ModelOptimizer.Accumulate(loss);
        }
        return sums.Mean(step, optimizer.Apply());
    }

    IEnumerable<(string Code, string Message)> ITrainingMethod<KtoRow>.Warnings(IReadOnlyList<KtoRow> rows)
    {
        if (_options.Loss is not KtoLoss loss) yield break;
        var (desirable, undesirable) = (rows.Count(row => row.Judged.IsDesirable), rows.Count(row => !row.Judged.IsDesirable));
        if (desirable == 0 || undesirable == 0)
        {
            yield return ("one-class", $"All {rows.Count} responses are {(desirable == 0 ? "un" : "")}desirable: KTO then only pushes in one direction.");
            yield break;
        }
        var balance = loss.DesirableWeight * desirable / (loss.UndesirableWeight * undesirable);
        if (balance is >= 1 and <= 4.0 / 3) yield break;
        var least = undesirable * loss.UndesirableWeight / desirable;
        yield return ("class-balance", string.Create(CultureInfo.InvariantCulture,
            $"DesirableWeight x {desirable} / (UndesirableWeight x {undesirable}) is {balance:G3}; KTO's authors keep it between 1 and 4/3. With UndesirableWeight {loss.UndesirableWeight:G4} that is a DesirableWeight between {least:G4} and {4 * least / 3:G4}."));
    }

    void ITrainingMethod<KtoRow>.Check(IReadOnlyList<KtoRow> rows, IReadOnlyList<int> places)
    {
        var gains = Outcomes(rows, 1).Select(row => Math.Abs(row.Gain)).ToList();
        ReferenceCheck.Require(gains, index => places[index], "response");
    }

    IReadOnlyList<Metric> ITrainingMethod<KtoRow>.Evaluate(IReadOnlyList<KtoRow> rows, int batchSize, CancellationToken cancellationToken) =>
        UnpairedMetrics.Of([.. Outcomes(rows, batchSize, cancellationToken)]);

    IReadOnlyList<int> ITrainingMethod<KtoRow>.Prompt(KtoRow row) => row.Judged.Prompt;

    DataFingerprint ITrainingMethod<KtoRow>.Fingerprint(IReadOnlyList<KtoRow> rows) => DataFingerprint.Of(rows.Select(row => row.Judged));

    int ITrainingMethod<KtoRow>.Tokens(KtoRow row) => row.Judged.Prompt.Count + row.Judged.Response.Count;

    EncodingPreview ITrainingMethod<KtoRow>.Preview(KtoRow row, ITokenizer tokenizer) => EncodingPreview.Of(row.Judged, tokenizer);

    TokenLayout ITrainingMethod<KtoRow>.Layout(IReadOnlyList<KtoRow> rows) => Layout(rows);

    private TokenLayout Layout(IReadOnlyList<KtoRow> rows) => TokenLayout.Of([.. rows.Select(row => row.Judged)], _policy.Device);

    // [K] of all rows of the step. A pass of its own, without gradient: together with the judged responses it would go through backward for nothing.
    private MismatchedLogProbs? Mismatched(IEnumerable<IReadOnlyList<KtoRow>> batches)
    {
        if (!_options.Loss.NeedsMismatched) return null;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (policy, reference) = (new List<Tensor>(), new List<Tensor>());
        foreach (var rows in batches)
        {
            using var layout = TokenLayout.Of([.. rows.Select(row => row.AsMismatched(_policy.MaxPositions))], _policy.Device);
            policy.Add(_policy.TokenLogProbs(layout).Sum().Values);
            reference.Add(_reference.TokenLogProbs(layout).Sum().Values);
        }
        return new MismatchedLogProbs(cat(policy).MoveToOuterDisposeScope(), cat(reference).MoveToOuterDisposeScope());
    }

    private IEnumerable<UnpairedOutcome> Outcomes(IReadOnlyList<KtoRow> rows, int batchSize, CancellationToken cancellationToken = default)
    {
        foreach (var batch in rows.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var outcome in Outcomes(batch)) yield return outcome;
        }
    }

    private UnpairedOutcome[] Outcomes(KtoRow[] rows)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var layout = Layout(rows);
        var policy = _policy.TokenLogProbs(layout).Sum().Values;
        var reference = _reference.TokenLogProbs(layout).Sum().Values;
        var output = _options.Loss.call(new UnpairedLogProbs(policy, reference, Desirable(rows), Mismatched([rows])));
        var numbers = stack([output.PerExample, output.Rewards, policy, policy - reference, output.Kl.expand(rows.Length)], 1)
            .to(ScalarType.Float64).cpu().data<double>().ToArray();   // [B, 5]
        return [.. rows.Select((row, i) => new UnpairedOutcome(
            row.Judged.Source, row.Judged.IsDesirable, numbers[5 * i], numbers[5 * i + 1], numbers[5 * i + 2], numbers[5 * i + 3], numbers[5 * i + 4], row.Judged.Response.Count))];
    }

    private Tensor Desirable(IReadOnlyList<KtoRow> rows) => tensor(rows.Select(row => row.Judged.IsDesirable).ToArray(), device: _policy.Device);
}
