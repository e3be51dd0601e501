using Alignment.Losses;
using Alignment.Rl;
using Alignment.Tests.GoldenLosses;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>Recorded updates of TRL's PPO trainer through this trainer's own lines: score, shape, estimate, accumulate; losses, gradients and metrics.</summary>
/// <remarks>
/// TRL puts the score one place after the end where a response stops early (see <see cref="PpoGoldenTests"/>). So these are the rows where that makes no
/// difference: all whose responses are of full length, and those at γ = λ = 1 but for what its further place adds to the value loss. TRL's whitening rounds
/// Bessel's factor to float32.
/// </remarks>
public sealed class PpoUpdateGoldenTests
{
    private const int Vocabulary = 60;

    // Some recorded log-probabilities are above 0. All are lowered by this, which leaves every difference as it is.
    private const double Shift = 0.5;

    [Theory]
    [InlineData("float64", "stops", 2e-7, 3)]
    [InlineData("float64", "full_length", 2e-7, 18)]
    [InlineData("float32", "stops", 2e-5, 3)]
    [InlineData("float32", "full_length", 2e-5, 18)]
    public void An_update_is_that_of_TRL(string type, string group, double tolerance, int comparable)
    {
        var file = Golden.Json("losses", $"ppo_{type}.json");
        var compared = 0;
        foreach (var row in file.GetProperty(group).EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var record = new PpoRecord(file, group, row);
            var whole = record.Lengths.Lengths.All(length => length == PpoRecord.Width);
            if (!whole && (record.WhitensRewards || record.Setting("gamma") != 1 || record.Setting("lam") != 1)) continue;
            Compare(record, type == "float64" ? ScalarType.Float64 : ScalarType.Float32, hasAllValues: whole, tolerance);
            compared++;
        }
        Assert.Equal(comparable, compared);
    }

    private static void Compare(PpoRecord record, ScalarType type, bool hasAllValues, double tolerance)
    {
        var prompts = record.Prompts;
        using var policy = new RecordedPolicy(prompts, Lowered(record, "logprobs"), Vocabulary, type);
        using var reference = new RecordedPolicy(prompts, Lowered(record, "ref_logprobs"), Vocabulary, type);
        using var values = new RecordedValues(prompts, record.ResponseValues("values_full"), type);
        var scores = PpoRecord.Row(record.RecordedScores);
        var models = OnPolicyModels.Apart(policy, ReferencePolicy.Frozen(reference), RewardSource.Of(response => scores[response.Place]), values);
        using var policyLoss = new PpoPolicyLoss { ClipRange = record.Setting("cliprange") };
        using var valueLoss = new PpoValueLoss { ValueClipRange = record.Setting("cliprange_value") };
        var options = new PpoOptions
        {
            Rollout = new RolloutOptions { MaxNewTokens = PpoRecord.Width, StopIds = [record.EndToken] },
            Scores = new ScoreOptions { MissingEndPenalty = record.Optional("missing_eos_penalty") ?? 0 },
            Kl = new KlOptions { Coefficient = record.Setting("kl_coef"), Estimator = record.Estimator },
            WhitensRewards = record.WhitensRewards,
            Advantages = new GeneralizedAdvantageEstimation { Gamma = record.Setting("gamma"), Lambda = record.Setting("lam") },
            PolicyLoss = policyLoss,
            ValueLoss = valueLoss,
            ValueCoefficient = record.Setting("vf_coef"),
            Update = new UpdateOptions { Epochs = 1, RowsAtOnce = 3 },
        };
        var trainer = new PpoTrainer(models, options);
        var loop = new OnPolicyLoop(models, trainer.Common, TimeProvider.System);
        var step = new StepBatch<TokenizedPrompt>(1, 1, [[.. prompts.Select(prompt => new TokenizedPrompt(prompt))]], [0, 1, 2, 3]);
        var rollout = new Rollout([.. prompts.Select((prompt, i) => new SampledResponse
        {
            Prompt = prompt,
            Ids = record.Responses[i][..record.Lengths.Lengths[i]],
            HasEnded = record.Ends[i].Ended,
            Place = i,
        })], new double[record.Lengths.TokenCount]);

        var scored = loop.Score(rollout, step);
        var rewards = loop.Shape(scored);
        var advantages = trainer.Estimate(scored, rewards);
        // A step of learning lies between these and the recorded new numbers.
        policy.Become(Lowered(record, "new_logprobs"));
        values.Become(record.ResponseValues("new_values"));
        var sums = new UpdateSums();
        new PolicyUpdate(models, trainer.Common.Update, trainer.Common.Policy, trainer.Common.Value, 1, checksRatio: false)
            .Accumulate(scored, advantages, [[2, 0, 3], [1]], sums, isFirst: true);

        var metrics = new PpoStep(loop.Measured(step, scored, rewards, sums)) { ValueLoss = sums.MeanValueLoss, ValueClipFraction = sums.ValueClipFraction, ExplainedVariance = 0 }
            .Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        Near.Equal(record.Output("pg_loss").GetDouble(), metrics["loss/policy_avg"], tolerance);
        foreach (var name in (string[])["objective/kl", "objective/non_score_reward", "objective/rlhf_reward", "objective/scores", "policy/clipfrac_avg"])
            Near.Equal(record.Metric(name), metrics[name], Math.Max(tolerance, 1e-6));
        Near.Equal(record.Recorded("grad_new_logprobs"), TensorAssert.Doubles(policy.LogProbs.grad!), tolerance);
        if (!hasAllValues) return;
        foreach (var name in (string[])["policy/approxkl_avg", "val/ratio", "loss/value_avg", "val/clipfrac_avg", "val/num_eos_tokens"])
            Near.Equal(record.Metric(name), metrics[name], Math.Max(tolerance, 1e-6));
        Near.Equal(record.Metric("objective/entropy") + Shift * PpoRecord.Width, metrics["objective/entropy"], Math.Max(tolerance, 1e-6));
        Near.Equal(record.ResponseValues("grad_new_values", isOutput: true), TensorAssert.Doubles(values.Numbers.grad!), tolerance);
    }

    private static double[] Lowered(PpoRecord record, string name) => [.. record.Input(name).Select(logProb => logProb - Shift)];
}
