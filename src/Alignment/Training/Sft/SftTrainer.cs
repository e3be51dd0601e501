using Alignment.Evaluation;
using Alignment.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Supervised fine-tuning: teaches a model to give the responses of demonstrations. Prompts are read, not learnt.</summary>
public sealed class SftTrainer : ITrainingMethod<TokenizedExample>
{
    private readonly CausalLanguageModel _model;
    private readonly SftOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="model">The model to train, already on its device.</param>
    /// <param name="options">Run and optimizer; the defaults where null.</param>
    /// <param name="time">The clock of the run; the system's where null.</param>
    public SftTrainer(CausalLanguageModel model, SftOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _options, _time) = (model, options ?? new SftOptions(), time ?? TimeProvider.System);
    }

    string ITrainingMethod<TokenizedExample>.Name => "SFT";

    TokenModel ITrainingMethod<TokenizedExample>.Model => _model;

    double ITrainingMethod<TokenizedExample>.UsualLearningRate => SftOptions.UsualLearningRate;

    bool ITrainingMethod<TokenizedExample>.IsAlignment => false;

    bool ITrainingMethod<TokenizedExample>.IsWatched => false;

    /// <summary>Runs over the examples.</summary>
    /// <param name="examples">The examples; at least one.</param>
    /// <param name="heldOut">Examples for evaluation, which are not learnt from; none where null.</param>
    /// <param name="observer">Hears every event, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run after its step, by an exception.</param>
    /// <returns>What came of the run.</returns>
    /// <exception cref="TrainingException">Loss or gradient is no longer finite.</exception>
    public RunResult Train(IReadOnlyList<TokenizedExample> examples, IReadOnlyList<TokenizedExample>? heldOut = null, IObserver<RunEvent>? observer = null, CancellationToken cancellationToken = default) =>
        new TrainingRun<TokenizedExample>(this, _options, _options.Run, _options.Optimizer, _time).Run(examples, heldOut, observer, cancellationToken);

    TrainingStep ITrainingMethod<TokenizedExample>.Step(StepBatch<TokenizedExample> step, ModelOptimizer optimizer)
    {
        using var crossEntropy = new SupervisedLoss();
        // Every trained token of the step weighs the same, or as its example does.
        var weighted = step.Rows.Sum(example => (example.Weight ?? 1) * example.TrainedTokenCount);
        if (weighted == 0) throw new TrainingException("At least one example of a step must have a weight greater than 0; all were 0.");
        var (loss, tokens) = (0.0, 0);
        foreach (var examples in step.Batches)
        {
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(examples, _model.Device);
            var logProbs = _model.TokenLogProbs(layout);                          // [M] nats
            var sums = crossEntropy.call(logProbs, layout.ResponseTokenCount);    // [S] nats a token of the batch
            var part = Weighted(sums, examples).sum() * (layout.ResponseTokenCount / weighted);
            loss += part.ToDouble();
            tokens += layout.TokenCount;
            NonFiniteException.Require(loss, "The loss");
            ModelOptimizer.Accumulate(part);
        }
        var update = optimizer.Apply();
        return new SftStep
        {
            Step = step.Step,
            Epoch = step.Epoch,
            Loss = loss,
            GradientNorm = update.GradientNorm,
            LearningRate = update.LearningRate,
            Tokens = tokens,
        };
    }

    // A model that learns text has nothing to agree with.
    void ITrainingMethod<TokenizedExample>.Check(IReadOnlyList<TokenizedExample> rows, IReadOnlyList<int> places) { }

    IReadOnlyList<Metric> ITrainingMethod<TokenizedExample>.Evaluate(IReadOnlyList<TokenizedExample> rows, int batchSize, CancellationToken cancellationToken)
    {
        var outcomes = new List<TextOutcome>();
        foreach (var examples in rows.Chunk(batchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(examples, _model.Device);
            var sums = _model.TokenLogProbs(layout).Sum().Values.to(ScalarType.Float64).cpu().data<double>().ToArray();
            outcomes.AddRange(examples.Select((example, i) => new TextOutcome(example.Source, -sums[i], example.TrainedTokenCount)));
        }
        return TextMetrics.Of(outcomes);
    }

    IReadOnlyList<int> ITrainingMethod<TokenizedExample>.Prompt(TokenizedExample row) => row.Prompt;

    DataFingerprint ITrainingMethod<TokenizedExample>.Fingerprint(IReadOnlyList<TokenizedExample> rows) => DataFingerprint.Of(rows);

    int ITrainingMethod<TokenizedExample>.Tokens(TokenizedExample row) => row.Prompt.Count + row.Response.Count;

    EncodingPreview ITrainingMethod<TokenizedExample>.Preview(TokenizedExample row, ITokenizer tokenizer) => EncodingPreview.Of(row, tokenizer);

    TokenLayout ITrainingMethod<TokenizedExample>.Layout(IReadOnlyList<TokenizedExample> rows) => TokenLayout.Of(rows, _model.Device);

    private static Tensor Weighted(Tensor losses, IReadOnlyList<TokenizedExample> examples) => examples.All(example => example.Weight is null)
        ? losses
        : losses * tensor(examples.Select(example => example.Weight ?? 1).ToArray(), dtype: losses.dtype, device: losses.device);
}
