using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>One iteration of a method, given what all of them share.</summary>
internal delegate OnPolicyStep Iteration(OnPolicyLoop loop, StepBatch<TokenizedPrompt> step, ModelOptimizer optimizer);

/// <summary>What a run asks of every method that learns from its own responses; a step of the run is one iteration.</summary>
/// <param name="name">The method's name.</param>
/// <param name="usualLearningRate">Where options name none.</param>
/// <param name="models">Policy, reference, reward and value.</param>
/// <param name="options">What the methods have in common.</param>
/// <param name="time">The clock of the run.</param>
/// <param name="iterate">The method's own five lines.</param>
internal sealed class OnPolicyMethod(string name, double usualLearningRate, OnPolicyModels models, OnPolicyOptions options, TimeProvider time, Iteration iterate)
    : ITrainingMethod<TokenizedPrompt>
{
    private readonly JointModel _joint = JointModel.Of(models);
    private readonly OnPolicyLoop _loop = new(models, options, time);

    public string Name => name;

    public TokenModel Model => _joint;

    public CausalLanguageModel Policy => models.Policy;

    public double UsualLearningRate => usualLearningRate;

    // The check of learning rates is about losses on pairs, which push both responses down.
    public bool IsAlignment => false;

    public ReferencePolicy Reference => models.Reference;

    public IReadOnlyDictionary<string, string> Identity => new Dictionary<string, string>
    {
        [nameof(Reference)] = models.Reference.Identity,
        [nameof(OnPolicyModels.Reward)] = models.Reward.Identity,
    };

    public IReadOnlyList<ModelPart> Parts => models.Parts;

    public IMethodState State => _loop.State;

    public IReadOnlyList<int> Prompt(TokenizedPrompt row) => row.Ids;

    public DataFingerprint Fingerprint(IReadOnlyList<TokenizedPrompt> rows) => DataFingerprint.Of(rows);

    /// <summary>Tokens of a prompt with all its responses, were they all as long as may be.</summary>
    public int Tokens(TokenizedPrompt row) => options.Rollout.SamplesPerPrompt * (row.Ids.Count + options.Rollout.MaxNewTokens);

    public TokenLayout Layout(IReadOnlyList<TokenizedPrompt> rows) => TokenLayout.Of([.. rows.Select(AsExample)], models.Policy.Device);

    /// <summary>The largest batch of responses that an update may come to.</summary>
    public TokenLayout LargestLayout(IReadOnlyList<TokenizedPrompt> rows)
    {
        var (rollout, part) = _loop.Longest(rows);
        return rollout.Layout(part, models.Policy.Device);
    }

    public long HeldBytes => Parts.Sum(part => part.Bytes) - RunMemory.Bytes(_joint);

    public EncodingPreview Preview(TokenizedPrompt row, ITokenizer tokenizer) => EncodingPreview.Of(row, tokenizer);

    /// <summary>Policy and reference must agree on the prompts themselves: no response is needed to see that they are two models.</summary>
    public void Check(IReadOnlyList<TokenizedPrompt> rows, IReadOnlyList<int> places)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var layout = Layout(rows);
        var gains = (models.Policy.TokenLogProbs(layout).Sum().Values - models.Reference.TokenLogProbs(layout).Sum().Values).abs();
        ReferenceCheck.Require(Rl.HostNumbers.Of(gains), index => places[index], "prompt");
    }

    public TrainingStep Step(StepBatch<TokenizedPrompt> step, ModelOptimizer optimizer)
    {
        using var evaluation = new EvaluationMode(_joint);   // nothing is dropped, in sampling, scoring and learning alike, or the ratio would not be 1
        return iterate(_loop, step, optimizer);
    }

    public TrainingStep Try(StepBatch<TokenizedPrompt> step, ModelOptimizer optimizer)
    {
        using var evaluation = new EvaluationMode(_joint);
        return _loop.Try(step, optimizer);
    }

    public StepSigns Signs(TrainingStep step) => _loop.Look((OnPolicyStep)step);

    public StepSigns SignsOfEvaluation() => _loop.LookAtEvaluation();

    public IReadOnlyList<Metric> Evaluate(IReadOnlyList<TokenizedPrompt> rows, int batchSize, CancellationToken cancellationToken) =>
        OnPolicyEvaluation.Of(models, options, _loop.State, rows, batchSize, cancellationToken);

    private static TokenizedExample AsExample(TokenizedPrompt prompt) => prompt.Ids.Count > 1
        ? new TokenizedExample([prompt.Ids[0]], [.. prompt.Ids.Skip(1)])
        : new TokenizedExample(prompt.Ids, prompt.Ids);
}
