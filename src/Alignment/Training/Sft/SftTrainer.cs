using Alignment.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Supervised fine-tuning: teaches a model to give the responses of demonstrations. Prompts are read, not learnt.</summary>
public sealed class SftTrainer
{
    private readonly CausalLanguageModel _model;
    private readonly SftOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Sets up a trainer.</summary>
    /// <param name="model">The model to train, already on its device.</param>
    /// <param name="options">Run and optimizer; the defaults where null.</param>
    /// <param name="time">The clock of tokens a second; the system's where null.</param>
    public SftTrainer(CausalLanguageModel model, SftOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_model, _options, _time) = (model, options ?? new SftOptions(), time ?? TimeProvider.System);
    }

    /// <summary>Runs over the examples.</summary>
    /// <param name="examples">The examples; at least one.</param>
    /// <param name="observer">Hears every step, then the end or the error.</param>
    /// <param name="cancellationToken">Ends the run between two steps, by an exception.</param>
    /// <exception cref="TrainingException">Loss or gradient is no longer finite.</exception>
    public void Train(IReadOnlyList<TokenizedExample> examples, IObserver<SftStep>? observer = null, CancellationToken cancellationToken = default) =>
        TrainingLoop.Run(_model, examples, _options.Run, _options.Optimizer, SftOptions.UsualLearningRate, Step, observer, cancellationToken);

    private SftStep Step(StepBatch<TokenizedExample> step, ModelOptimizer optimizer)
    {
        using var crossEntropy = new SupervisedLoss();
        var started = _time.GetTimestamp();
        var trainedTokens = step.Rows.Sum(example => example.TrainedTokenCount);
        var tokens = 0;
        var loss = 0.0;
        foreach (var examples in step.Batches)
        {
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of(examples, _model.Device);
            var logProbs = _model.TokenLogProbs(layout);                         // [M] nats
            var part = crossEntropy.call(logProbs, trainedTokens).sum();   // every trained token of the step weighs the same
            tokens += layout.TokenCount;
            loss += part.ToDouble();
            TrainingLoop.RequireFinite(loss, "The loss", step.Step);
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
            TokensPerSecond = tokens / _time.GetElapsedTime(started).TotalSeconds,
        };
    }
}
