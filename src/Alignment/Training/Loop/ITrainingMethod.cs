namespace Alignment.Training;

/// <summary>What the loop asks of a method: one step, and what it can tell about rows. All else of a run is the loop's.</summary>
/// <typeparam name="TRow">What the method learns from.</typeparam>
internal interface ITrainingMethod<TRow>
{
    /// <summary>The method's name, for example <c>DPO</c>.</summary>
    string Name { get; }

    /// <summary>What is trained.</summary>
    TokenModel Model { get; }

    /// <summary>What answers prompts, for methods that train such a thing.</summary>
    CausalLanguageModel? Policy => Model as CausalLanguageModel;

    /// <summary>What the models of the method hold in memory, where there are several to tell of.</summary>
    IReadOnlyList<ModelPart> Parts => [];

    /// <summary>What a run changes beside the model, for methods that have such a thing.</summary>
    IMethodState? State => null;

    /// <summary>The learning rate where options name none.</summary>
    double UsualLearningRate { get; }

    /// <summary>Whether the method moves a model that can already answer, where large steps do harm; see <see cref="LearningRateCheck"/>.</summary>
    bool IsAlignment { get; }

    /// <summary>Whether a policy can be driven too far by it, so that the watch looks: a model that learns text becomes surer of it, as it should.</summary>
    bool IsWatched => true;

    /// <summary>What holds the policy back, for methods that have such a thing.</summary>
    ReferencePolicy? Reference => null;

    /// <summary>What moves the reference after the policy; null where it stays.</summary>
    ReferenceSync? Sync => null;

    /// <summary>What decides a run beside options, data and the model: for example which reference it has.</summary>
    IReadOnlyDictionary<string, string> Identity => Reference is { } reference ? new Dictionary<string, string> { [nameof(Reference)] = reference.Identity } : new Dictionary<string, string>();

    /// <summary>The prompt of a row.</summary>
    IReadOnlyList<int> Prompt(TRow row);

    /// <summary>What tells these rows from others.</summary>
    DataFingerprint Fingerprint(IReadOnlyList<TRow> rows);

    /// <summary>Tokens that a row adds to a batch.</summary>
    int Tokens(TRow row);

    /// <summary>Rows as they go through the model.</summary>
    TokenLayout Layout(IReadOnlyList<TRow> rows);

    /// <summary>The largest pass that some rows come to; the rows themselves unless the method makes others of them.</summary>
    TokenLayout LargestLayout(IReadOnlyList<TRow> rows) => Layout(rows);

    /// <summary>Bytes of weights that are in memory beside the model's.</summary>
    long HeldBytes => Reference?.Bytes ?? 0;

    /// <summary>A row as text.</summary>
    EncodingPreview Preview(TRow row, ITokenizer tokenizer);

    /// <summary>What a person should know of all rows before the run.</summary>
    IEnumerable<(string Code, string Message)> Warnings(IReadOnlyList<TRow> rows) => [];

    /// <summary>Looks at the first batch before the first step.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="places">Where its rows stand in the data.</param>
    /// <exception cref="TrainingException">Something is wrong; the message names the row.</exception>
    void Check(IReadOnlyList<TRow> rows, IReadOnlyList<int> places);

    /// <summary>One optimizer step.</summary>
    /// <param name="step">The rows.</param>
    /// <param name="optimizer">Takes the gradients of each batch, then steps.</param>
    TrainingStep Step(StepBatch<TRow> step, ModelOptimizer optimizer);

    /// <summary>A step whose update changes nothing, to see whether it fits into memory.</summary>
    /// <param name="step">The largest batch.</param>
    /// <param name="optimizer">One that is dry.</param>
    TrainingStep Try(StepBatch<TRow> step, ModelOptimizer optimizer) => Step(step, optimizer);

    /// <summary>What a step that was done shows to a method that watches itself.</summary>
    StepSigns Signs(TrainingStep step) => StepSigns.None;

    /// <summary>What the evaluation that was just made shows to a method that watches itself.</summary>
    StepSigns SignsOfEvaluation() => StepSigns.None;

    /// <summary>Measures the model on rows that it does not learn from, without gradients.</summary>
    IReadOnlyList<Metric> Evaluate(IReadOnlyList<TRow> rows, int batchSize, CancellationToken cancellationToken);
}
