using Alignment.Evaluation;
using Alignment.Losses;
using Alignment.Models;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Behaviour;

/// <summary>
/// A preference that a small model can learn: answers of even ids over answers of odd ones, whatever the prompt. Held-out pairs have prompts and
/// answers that training did not see.
/// </summary>
public sealed class PreferenceTests
{
    private const int Vocabulary = 42, End = 1;

    private static readonly TokenizedPair[] Training = Pairs(256, seed: 1);
    private static readonly TokenizedPair[] HeldOut = Pairs(200, seed: 2);

    public static TheoryData<string> PairLosses => ["dpo", "ipo", "simpo"];

    [Theory, MemberData(nameof(PairLosses))]
    public void A_loss_on_pairs_learns_it(string name)
    {
        PairLoss loss = name switch { "ipo" => new IpoLoss { Beta = 0.1 }, "simpo" => new SimPoLoss(), _ => new DpoLoss() };
        using var policy = Model();
        using var start = policy.Copy();
        var reference = loss.NeedsReference ? ReferencePolicy.Frozen(start) : null;
        var result = new DpoTrainer(policy, reference, new DpoOptions { Loss = loss, Run = Run(), Optimizer = Optimizer }).Train(Training, HeldOut);
        Assert.InRange(Of(result, "eval/rewards/accuracies"), 0.95, 1);
    }

    [Fact]
    public void KTO_learns_it_from_single_responses_within_3_points_of_DPO_and_with_a_tenth_of_the_desirable_ones()
    {
        var dpo = Dpo();
        TokenizedResponse[] rows = [.. Training.Select(pair => new TokenizedResponse(pair.Prompt, pair.Chosen, true)), .. Training.Select(pair => new TokenizedResponse(pair.Prompt, pair.Rejected, false))];
        var kto = Kto(rows, new KtoLoss());
        Assert.InRange(kto, Math.Max(0.95, dpo - 0.03), 1);

        // 26 desirable rows of 256: weights by KTO's rule, n_D λ_D = n_U λ_U.
        TokenizedResponse[] few = [.. rows[..26], .. rows[256..]];
        Assert.InRange(Kto(few, new KtoLoss { DesirableWeight = 256.0 / 26 }), 0.9, 1);
    }

    [Fact]
    public void A_reward_model_learns_it_and_is_calibrated()
    {
        using var language = Model();
        using var model = DecoderRewardModel.FromLanguageModel(language, seed: 3);
        var result = new RewardTrainer(model, new RewardOptions { Run = Run(), Optimizer = Optimizer }).Train(Training, HeldOut);
        Assert.InRange(Of(result, "eval/accuracy"), 0.95, 1);
        Assert.InRange(Of(result, "eval/calibration_error"), 0, 0.1);
        Assert.InRange(Of(result, "eval/accuracy_longer_is_worse"), 0.9, 1);
    }

    private static double Dpo()
    {
        using var policy = Model();
        using var start = policy.Copy();
        return Of(new DpoTrainer(policy, ReferencePolicy.Frozen(start), new DpoOptions { Run = Run(), Optimizer = Optimizer }).Train(Training, HeldOut), "eval/rewards/accuracies");
    }

    private static double Kto(TokenizedResponse[] rows, KtoLoss loss)
    {
        using var policy = Model();
        using var start = policy.Copy();
        var reference = ReferencePolicy.Frozen(start);
        new KtoTrainer(policy, reference, new KtoOptions { Loss = loss, Run = Run(epochs: 3), Optimizer = Optimizer }).Train(rows);
        return PreferenceEvaluation.Of(policy, reference, HeldOut).Accuracy.Value;
    }

    private static double Of(RunResult result, string metric) => result.LastEvaluation!.Metrics.Single(found => found.Name == metric).Value;

    private static RunOptions Run(int epochs = 3) => new() { Epochs = epochs, BatchSize = 16 };

    private static OptimizerOptions Optimizer => new() { LearningRate = 3e-3, WarmupRatio = 0.1 };

    private static DecoderModel Model() => DecoderModel.FromScratch(
        new DecoderConfig
        {
            VocabularySize = Vocabulary,
            HiddenSize = 32,
            IntermediateSize = 48,
            Layers = 1,
            Attention = new AttentionConfig { Heads = 2 },
            MaxPositions = 32,
            DataType = ScalarType.Float32,
        },
        seed: 7);

    private static TokenizedPair[] Pairs(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new TokenizedPair(
            [.. Enumerable.Range(0, random.Next(2, 8)).Select(_ => random.Next(2, Vocabulary))], Answer(0), Answer(1)))];

        int[] Answer(int parity) => [.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => 2 + 2 * random.Next((Vocabulary - 2) / 2) + parity), End];
    }
}
