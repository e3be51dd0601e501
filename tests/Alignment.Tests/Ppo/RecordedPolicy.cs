using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>
/// A policy that gives recorded log-probabilities to recorded responses: its only weights are these numbers. A hidden state holds logits whose
/// softmax gives them back, so that they go through the trainer's own path, and gradients come back to them.
/// </summary>
internal sealed class RecordedPolicy : CausalLanguageModel
{
    private readonly IReadOnlyList<int[]> prompts;
    private readonly int width;
    private readonly Tensor identity;

    /// <param name="prompts">All different: a response is known by its prompt.</param>
    /// <param name="logProbs">Of each place of each response, one response after another; below 0.</param>
    /// <param name="vocabularySize">V.</param>
    /// <param name="type">Of all numbers.</param>
    public RecordedPolicy(IReadOnlyList<int[]> prompts, IReadOnlyList<double> logProbs, int vocabularySize, ScalarType type) : base(nameof(RecordedPolicy))
    {
        (this.prompts, width) = (prompts, logProbs.Count / prompts.Count);
        LogProbs = new Parameter(tensor(logProbs.ToArray(), dtype: type).DetachFromDisposeScope());
        LogProbs.DetachFromDisposeScope();
        identity = eye(vocabularySize, dtype: type).DetachFromDisposeScope();
        register_parameter("log_probs", LogProbs);
        register_buffer("identity", identity);
    }

    public Parameter LogProbs { get; }

    public override int VocabularySize => (int)identity.shape[0];

    public override int MaxPositions => 100;

    public override Tensor OutputWeight => identity;

    /// <summary>Other numbers, as an update would have made them.</summary>
    public void Become(IReadOnlyList<double> logProbs)
    {
        using var noGrad = no_grad();
        using var numbers = tensor(logProbs.ToArray(), dtype: LogProbs.dtype);
        LogProbs.copy_(numbers);
    }

    public override Tensor Hidden(TokenLayout layout) => throw new NotSupportedException();

    /// <summary>Places of a batch's response tokens among all recorded ones.</summary>
    public static Tensor Places(TokenLayout layout, IReadOnlyList<int[]> prompts, int width)
    {
        var tokens = layout.Tokens.data<long>().ToArray();
        var places = layout.Prompts.SelectMany((span, sequence) =>
        {
            var ids = tokens[span.Start..(span.Start + span.Length)].Select(id => (int)id);
            var row = prompts.Index().Single(prompt => prompt.Item.SequenceEqual(ids)).Index;
            return Enumerable.Range(row * width, layout.ResponseLengths[sequence]);
        });
        return tensor(places.Select(place => (long)place).ToArray());
    }

    public override DecodingSession StartDecoding(IReadOnlyList<IReadOnlyList<int>> prompts, int maxNewTokens, int samplesPerPrompt = 1) => throw new NotSupportedException();

    // Logit z at the token and 0 elsewhere: z - ln(e^z + V - 1) = l, so z = l + ln((V - 1) / (1 - e^l)).
    protected override Tensor PredictingHidden(TokenLayout layout)
    {
        var wanted = LogProbs.index_select(0, Places(layout, prompts, width)).to(ScalarType.Float64);
        var logits = wanted + Math.Log(VocabularySize - 1) - (-wanted.expm1()).log();
        return zeros(layout.ResponseTokenCount, VocabularySize, dtype: ScalarType.Float64).scatter_add(1, layout.Targets.unsqueeze(1), logits.unsqueeze(1)).to(LogProbs.dtype);
    }

    protected override void RegisterComponents() { }
}
