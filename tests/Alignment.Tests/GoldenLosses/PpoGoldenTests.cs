using Alignment.Losses;
using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>Every recorded update of TRL's PPO trainer: from masks to gradients, through the functions of Rl and Losses/Ppo.</summary>
/// <remarks>
/// Three things differ on purpose in the product and are undone here. (1) TRL puts the score one place after the end where that fits; the product
/// puts it at the last token: <see cref="PpoRecord"/>. (2) TRL's approximate divergence, mean ratio and entropy count padding too; the product's
/// count tokens, so the comparison adds what padding adds. (3) TRL's whitening takes Bessel's factor n / (n - 1) from a quotient of integers, which
/// PyTorch rounds to float32 even in a float64 run; the product's is exact, and <see cref="AsRecorded"/> puts the rounding in.
/// </remarks>
public sealed class PpoGoldenTests
{
    private const int Rows = 18;
    private const double Single = 1e-6; // TRL keeps these statistics in float32 whatever the type of the run

    public static TheoryData<string, string, double> Files => new()
    {
        { "float64", "stops", 1e-10 },
        { "float64", "full_length", 1e-10 },
        { "float32", "stops", 1e-5 },
        { "float32", "full_length", 1e-5 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Masks_match(string type, string group, double tolerance)
    {
        Assert.True(tolerance > 0);
        Each(type, group, record =>
        {
            var places = Enumerable.Range(0, record.Lengths.SequenceCount).SelectMany(s => Enumerable.Range(0, PpoRecord.Width).Select(t => (s, t))).ToArray();
            Assert.Equal(record.Output("sequence_lengths").EnumerateArray().Select(n => n.GetInt32() + 1), record.Lengths.Lengths);
            Assert.Equal(record.Output("contain_eos_token").EnumerateArray().Select(e => e.GetBoolean()), record.Ends.Select(end => end.Ended));
            Assert.Equal(record.RecordedMask("padding_mask"), places.Select(p => p.t >= record.Lengths.Lengths[p.s]));
            Assert.Equal(record.RecordedMask("padding_mask_p1"), places.Select(p => p.t >= record.Extended.Lengths[p.s]));
            Assert.Equal(record.Recorded("postprocessed_responses"), places.Select(p => p.t < record.Lengths.Lengths[p.s] ? record.Responses[p.s][p.t] : 0.0));
            Assert.Equal(record.Metric("val/num_eos_tokens"), record.SampledEndTokens);
        });
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Rewards_advantages_and_returns_match(string type, string group, double tolerance) => Each(type, group, record =>
    {
        var rewards = Shape(record);
        Compare(record, "kl", rewards.Kl, tolerance);
        Compare(record, "non_score_reward", rewards.KlPenalty, tolerance);
        Near.Equal(PpoRecord.Row(record.Output("scores")), TensorAssert.Doubles(rewards.Scores), tolerance);
        Assert.Equal(record.WhitensRewards, record.Has("rewards_before_whitening"));
        if (record.WhitensRewards) Compare(record, "rewards_before_whitening", rewards.PerToken, tolerance);
        var perToken = record.WhitensRewards ? Whitened(rewards.PerToken) : rewards.PerToken;
        Compare(record, "rewards", perToken, tolerance);

        var estimate = Advantages(record, perToken);
        Compare(record, "advantages_before_whitening", estimate.Advantages, tolerance);
        Compare(record, "returns", estimate.Returns, tolerance);
        Compare(record, "advantages", Whitened(estimate.Advantages, record.Real), tolerance);

        var (kl, penalty) = (record.Extended.Sums(rewards.Kl).mean(), record.Extended.Sums(rewards.KlPenalty).mean());
        var padding = record.Lengths.SequenceCount * PpoRecord.Width - record.Lengths.TokenCount; // each has log-probability 1.0 in TRL's entropy
        Near.Equal(record.Metric("objective/kl"), Number(kl), tolerance);
        Near.Equal(record.Metric("objective/non_score_reward"), Number(penalty), tolerance);
        Near.Equal(record.Metric("objective/scores"), Number(rewards.Scores.mean()), tolerance);
        Near.Equal(record.Metric("objective/rlhf_reward"), Number(penalty + rewards.Scores.mean()), tolerance);
        Near.Equal(record.Metric("objective/entropy"), (-Number(record.Flat("logprobs", record.Lengths).sum()) - padding) / record.Lengths.SequenceCount, tolerance);
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Losses_and_gradients_match(string type, string group, double tolerance) => Each(type, group, record =>
    {
        var shaped = Shape(record).PerToken;
        var estimate = Advantages(record, record.WhitensRewards ? Whitened(shaped) : shaped);
        var advantages = Whitened(estimate.Advantages, record.Real).masked_select(record.Real);
        var newLogProbs = record.Flat("new_logprobs", record.Lengths).requires_grad_();
        var newValues = record.Flat("new_values", record.Extended, PpoRecord.Prompt - 1).requires_grad_();
        using var policyLoss = new PpoPolicyLoss { ClipRange = record.Setting("cliprange") };
        using var valueLoss = new PpoValueLoss { ValueClipRange = record.Setting("cliprange_value") };

        var policy = policyLoss.call(newLogProbs, record.Flat("logprobs", record.Lengths), advantages);
        var value = valueLoss.call(newValues, Values(record), estimate.Returns);
        var (policyMean, valueMean) = (TokenStatistics.Mean(policy.PerToken), TokenStatistics.Mean(value.PerToken));
        var loss = policyMean + record.Setting("vf_coef") * valueMean;
        loss.backward();

        Near.Equal(record.Output("pg_loss").GetDouble(), Number(policyMean), tolerance);
        Near.Equal(record.Output("vf_loss").GetDouble(), Number(valueMean), tolerance);
        Near.Equal(record.Output("loss").GetDouble(), Number(loss), tolerance);
        Near.Equal(record.Recorded("ratio"), PpoRecord.Padded(policy.Ratio, record.Lengths, fill: 1), tolerance);
        Near.Equal(record.Recorded("grad_new_logprobs"), PpoRecord.Padded(newLogProbs.grad!, record.Lengths), tolerance);
        Near.Equal(
            record.Recorded("grad_new_values"),
            PpoRecord.Padded(newValues.grad!, record.Extended, width: PpoRecord.Prompt + PpoRecord.Width, firstColumn: PpoRecord.Prompt - 1), tolerance);

        var (places, tokens) = (record.Lengths.SequenceCount * PpoRecord.Width, record.Lengths.TokenCount);
        var valueClips = Fraction(value.Clipped);
        Near.Equal(record.Output("vf_clipfrac").GetDouble(), valueClips, Single);
        Near.Equal(record.Metric("val/clipfrac_avg"), valueClips, Single);
        Near.Equal(record.Metric("policy/clipfrac_avg"), Fraction(policy.Clipped), Single);
        Near.Equal(record.Metric("loss/policy_avg"), Number(policyMean), Single);
        Near.Equal(record.Metric("loss/value_avg"), Number(valueMean), Single);
        Near.Equal(record.Metric("policy/approxkl_avg"), Number(0.5 * policy.KlK1.square().sum()) / places, Single);
        Near.Equal(record.Metric("val/ratio"), (Number(policy.Ratio.sum()) + places - tokens) / places, Single);
    });

    // The product's own placing: same tokens, the score at the last of them, no place after the end.
    [Theory]
    [MemberData(nameof(Files))]
    public void With_the_score_at_the_last_token_the_returns_stay_those_recorded(string type, string group, double tolerance)
    {
        // The sum of rewards from a token to the end does not depend on where the score stands; so at γ = λ = 1 the returns at all tokens
        // are equal, and where no response stops early (`full_length`, and rows with stop = false) everything is.
        var compared = 0;
        Each(type, group, record =>
        {
            if (record.WhitensRewards) return;
            var whole = record.Lengths.Lengths.All(length => length == PpoRecord.Width);
            if (!whole && (record.Setting("gamma") != 1 || record.Setting("lam") != 1)) return;
            var rewards = Shape(record, record.Lengths);
            var estimate = new GeneralizedAdvantageEstimation { Gamma = record.Setting("gamma"), Lambda = record.Setting("lam") }
                .Of(record.Lengths, rewards.PerToken, record.Flat("values_full", record.Lengths, PpoRecord.Prompt - 1));
            var real = record.RecordedMask("padding_mask");
            Near.Equal(
                [.. record.Recorded("returns").Where((_, i) => !real[i])],
                [.. PpoRecord.Padded(estimate.Returns, record.Lengths).Where((_, i) => !real[i])], tolerance);
            compared++;
        });
        Assert.Equal(group == "stops" ? 3 : 16, compared); // stops: rows 0 and 6 (γ = λ = 1) and 17 (not cut); full_length: all but the two that whiten
    }

    private static void Each(string type, string group, Action<PpoRecord> compare)
    {
        var file = Golden.Json("losses", $"ppo_{type}.json");
        var compared = 0;
        foreach (var row in file.GetProperty(group).EnumerateArray())
        {
            using var scope = NewDisposeScope();
            compare(new PpoRecord(file, group, row));
            compared++;
        }

        Assert.Equal(Rows, compared);
    }

    private static ShapedRewards Shape(PpoRecord record, TokenSequences? sequences = null)
    {
        var places = sequences ?? record.Extended;
        return new KlRewardShaping { Estimator = record.Estimator, MissingEndPenalty = record.Optional("missing_eos_penalty") }.Of(
            places, record.Flat("logprobs", places, beyond: 1), record.Flat("ref_logprobs", places, beyond: 1), record.Scores, record.Setting("kl_coef"), record.Ended);
    }

    private static AdvantageEstimate Advantages(PpoRecord record, Tensor rewards) =>
        new GeneralizedAdvantageEstimation { Gamma = record.Setting("gamma"), Lambda = record.Setting("lam") }.Of(record.Extended, rewards, Values(record));

    private static Tensor Whitened(Tensor rewards)
    {
        var mean = TokenStatistics.Mean(rewards);
        return mean + AsRecorded(Whitening.KeepingMean(rewards) - mean, rewards, null);
    }

    private static Tensor Whitened(Tensor advantages, Tensor real) => AsRecorded(Whitening.ToZeroMean(advantages, real), advantages, real);

    // What whitening would have given with n / (n - 1) rounded to float32.
    private static Tensor AsRecorded(Tensor whitened, Tensor values, Tensor? selected)
    {
        var n = selected is null ? values.shape[0] : selected.sum().item<long>();
        var biased = Number(TokenStatistics.Variance(values, selected, unbiased: false));
        return whitened * Math.Sqrt((biased * n / (n - 1) + 1e-8) / (biased * (double)((float)n / (n - 1)) + 1e-8));
    }

    // The value before token t of the response stands at position prompt - 1 + t.
    private static Tensor Values(PpoRecord record) => record.Flat("values_full", record.Extended, PpoRecord.Prompt - 1);

    private static void Compare(PpoRecord record, string name, Tensor actual, double tolerance) =>
        Near.Equal(record.Recorded(name), PpoRecord.Padded(actual, record.Extended), tolerance);

    private static double Number(Tensor value) => TensorAssert.Doubles(value)[0];

    private static double Fraction(Tensor flags) => Number(TokenStatistics.Mean(flags.to(ScalarType.Float64)));
}
