using Alignment.Losses;
using Alignment.Models;
using Alignment.Tests.RunLoop;
using Alignment.Tests.Runs;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Tests.Ppo;

/// <summary>Details that decide whether PPO works, each by its number in the list of the README of Training/Ppo, where no other test holds it.</summary>
public sealed class OnPolicyDetailsTests
{
    [Fact]
    public void Detail_11_A_run_passes_over_its_data_once_unless_told()
    {
        Assert.Equal(1, new RewardOptions().Run.Epochs);
        Assert.Null(new RewardOptions().Run.MaxSteps);
    }

    [Fact]
    public void Detail_12_and_27_Scores_are_normalized_by_all_scores_of_the_run_then_clipped()
    {
        using var models = TinyRun.Models();
        var loop = new OnPolicyLoop(models.All, Common(new PpoOptions
        {
            Rollout = TinyRun.Rollout() with { StopIds = [] },
            Scores = new ScoreOptions { Normalizes = true, Clip = 0.9 },
        }, models), TimeProvider.System);
        // First 1, 3: mean 2, variance 2. Then 5, 9: of all four mean 4.5, variance (12.25 + 2.25 + 0.25 + 20.25) / 3 = 35/3.
        Near.Equal([-1 / Math.Sqrt(2), 1 / Math.Sqrt(2)], loop.Shape(Scored(1, 3)).Scores, 1e-7);
        Near.Equal([0.5 / Math.Sqrt(35.0 / 3), 0.9], loop.Shape(Scored(5, 9)).Scores, 1e-7);   // 1.317 is clipped
    }

    [Fact]
    public void Detail_18_A_response_without_its_end_pays_or_has_a_fixed_score()
    {
        using var models = TinyRun.Models();
        Assert.Equal([1.0, 2.0], Shaped(new ScoreOptions()));                            // the second, 3, has no end: less 1 by default
        Assert.Equal([1.0, 0.5], Shaped(new ScoreOptions { MissingEndPenalty = 2.5 }));
        Assert.Equal([1.0, -1.0], Shaped(new ScoreOptions { MissingEndScore = -1 }));
        Assert.Equal([1.0, 3.0], Shaped(new ScoreOptions(), stops: []));                // where nothing can end, nothing is missing

        double[] Shaped(ScoreOptions scores, int[]? stops = null) =>
            new OnPolicyLoop(models.All, Common(new PpoOptions { Rollout = TinyRun.Rollout() with { StopIds = stops ?? [TinyRun.End] }, Scores = scores }, models), TimeProvider.System).Shape(Scored(1, 3)).Scores;
    }

    [Fact]
    public void Detail_19_The_reward_source_sees_the_response_as_it_was_cut_and_the_texts_of_it()
    {
        var seen = new List<SampledResponse>();
        using var models = TinyRun.Models(reward: RewardSource.Of(response =>
        {
            seen.Add(response);
            return 0;
        }));
        Train(models, new PpoOptions { Run = new RunOptions { Tokenizer = new Generation.ByteTokenizer() } });
        Assert.Equal(24, seen.Count);
        Assert.All(seen, response => Assert.Equal(response.HasEnded, response.Ids[^1] == TinyRun.End));
        Assert.All(seen, response => Assert.Equal((TinyRun.Prompts[response.Place].Id, TinyRun.Prompts[response.Place].Ids), (response.PromptId, response.Prompt)));
        Assert.All(seen, response => Assert.Equal(new Generation.ByteTokenizer().Decode(response.Ids, skipSpecialTokens: true), response.Text));
    }

    [Fact]
    public void Detail_22_Nothing_is_dropped_in_sampling_scoring_and_learning()
    {
        Assert.Equal(Bits(dropout: 0), Bits(dropout: 0.5));

        static string[] Bits(double dropout)
        {
            using var policy = SmallPolicy.New();
            policy.Adapters.Add("policy", new LoraOptions { Rank = 2, Dropout = dropout }, seed: 1);
            using var values = TinyRun.Models(type: torch.ScalarType.Float64);
            var models = OnPolicyModels.Apart(policy, ReferencePolicy.BaseOf(policy), TinyRun.Count, values.Value);
            new PpoTrainer(models, Options(new PpoOptions())).Train(TinyRun.Prompts);   // every ratio is checked to be 1 on the way
            return SmallPolicy.Bits(policy);
        }
    }

    [Fact]
    public void Detail_32_Each_pass_learns_each_response_once_in_an_order_of_its_own()
    {
        int[] lengths = [.. Enumerable.Range(0, 11).Select(i => 3 + i)];
        var plan = new UpdatePlan(new UpdateOptions { MiniBatches = 3, RowsAtOnce = 3, TokensAtOnce = 20 }, lengths, seed: 5);
        foreach (var epoch in (int[])[0, 1])
        {
            var parts = plan.Of(epoch);
            Assert.Equal([4, 4, 3], parts.Select(part => part.Sum(rows => rows.Length)));
            Assert.Equal(Enumerable.Range(0, 11), parts.SelectMany(part => part.SelectMany(rows => rows)).Order());
            Assert.All(parts.SelectMany(part => part), rows => Assert.True(rows.Length == 1 || (rows.Length <= 3 && rows.Sum(row => lengths[row]) <= 20)));
        }
        Assert.NotEqual(Order(plan, 0), Order(plan, 1));
        Assert.NotEqual(Order(plan, 0), Order(new UpdatePlan(new UpdateOptions(), lengths, seed: 6), 0));
        // More parts than responses: a response each.
        Assert.Equal(2, new UpdatePlan(new UpdateOptions { MiniBatches = 9 }, [4, 4], seed: 1).Of(0).Count);

        static IEnumerable<int> Order(UpdatePlan plan, int epoch) => plan.Of(epoch).SelectMany(part => part.SelectMany(rows => rows));
    }

    [Fact]
    public void Detail_33_A_ratio_that_is_not_1_before_the_first_update_stops_the_run_and_names_the_response()
    {
        using var policy = new TableModel(new double[20, 20]) { Drift = 1e-3 };
        using var reference = new TableModel(new double[20, 20]);
        using var value = new TableValueModel(new double[20]);
        var models = OnPolicyModels.Apart(policy, ReferencePolicy.Frozen(reference), TinyRun.Count, value);
        var error = Assert.Throws<TrainingException>(() => new PpoTrainer(models, Options(new PpoOptions { Update = new UpdateOptions { RowsAtOnce = 24 } }, tries: false)).Train(TinyRun.Prompts));
        Assert.Matches(@"^Before the first update of an iteration every ratio must be 1 within 1e-5; it is (1\.00095\d*|0\.99995\d*) for a token of sample \d of prompt p\d+\. ", error.Message);
        using var steady = new TableModel(new double[20, 20]) { Drift = 1e-6 };   // within rounding
        new PpoTrainer(OnPolicyModels.Apart(steady, ReferencePolicy.Frozen(reference), TinyRun.Count, value), Options(new PpoOptions())).Train(TinyRun.Prompts);
    }

    [Theory, InlineData(torch.ScalarType.Float32), InlineData(torch.ScalarType.BFloat16)]
    public void Detail_33_Ratios_of_the_first_part_are_exactly_1_and_divergence_0(torch.ScalarType type)
    {
        using var models = TinyRun.Models(type: type);
        var recorder = new Recorder<PpoStep>();
        Train(models, new PpoOptions { Update = new UpdateOptions { Epochs = 1, RowsAtOnce = 5 } }, recorder, steps: 3);   // one update: nothing but the first part
        Assert.All(recorder.Steps, step => Assert.Equal((1.0, 0.0, 0.0, 0.0), (step.Ratio, step.RatioVariance, step.ApproxKl, step.ClipFraction)));
    }

    [Fact]
    public void Detail_35_and_36_The_rate_falls_by_iterations_and_gradients_are_clipped()
    {
        using var models = TinyRun.Models();
        var recorder = new Recorder<PpoStep>();
        Train(models, new PpoOptions { Update = new UpdateOptions { Epochs = 2, MiniBatches = 2 } }, recorder, steps: 4);
        Near.Equal([1e-2, 7.5e-3, 5e-3, 2.5e-3], recorder.Steps.Select(step => step.LearningRate).ToArray(), 1e-15);
        Assert.All(recorder.Steps, step => Assert.Equal(4, step.Updates));
        Assert.Equal(3e-6, PpoOptions.UsualLearningRate);
        Assert.Equal((1e-5, 1.0, 0.1, 0.7, 4), (new PpoOptions().Optimizer.Epsilon, new PpoOptions().Optimizer.MaxGradNorm, new PpoOptions().ValueCoefficient, new PpoOptions().Rollout.Temperature, new PpoOptions().Update.Epochs));
    }

    [Fact]
    public void Detail_38_All_that_tells_a_sick_run_from_a_healthy_one_is_measured()
    {
        using var models = TinyRun.Models(reward: RewardSource.Sum(new RewardPart("count", 1, TinyRun.Count), new RewardPart("length", 0.1, RewardSource.Of(r => r.Ids.Count))));
        var recorder = new Recorder<PpoStep>();
        Train(models, new PpoOptions { Run = new RunOptions { Tokenizer = new Generation.ByteTokenizer() }, Update = new UpdateOptions { Epochs = 3 } }, recorder, steps: 2);
        var step = recorder.Steps[^1];
        var metrics = step.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        string[] names =
        [
            "objective/kl", "objective/kl_k1", "objective/kl_k3", "objective/kl_coef", "objective/entropy", "objective/non_score_reward", "objective/rlhf_reward", "objective/scores",
            "policy/approxkl_avg", "policy/clipfrac_avg", "loss/policy_avg", "loss/value_avg", "val/clipfrac_avg", "val/ratio", "val/ratio_var", "val/num_eos_tokens", "val/eos_share",
            "val/response_length", "val/explained_variance", "val/sampler_kl", "rewards/mean", "rewards/count", "rewards/length", "rollout/tokens_per_second", "update/tokens_per_second",
        ];
        Assert.All(names, name => Assert.True(double.IsFinite(metrics[name]), name));
        Near.Equal(metrics["rewards/count"] + 0.1 * metrics["rewards/length"], metrics["rewards/mean"], 1e-12);
        Near.Equal(metrics["objective/scores"] - 0.05 * metrics["objective/kl"], metrics["objective/rlhf_reward"], 1e-12);
        Near.Equal(metrics["loss/policy_avg"] + 0.1 * metrics["loss/value_avg"], metrics["loss"], 1e-12);
        Assert.Equal(metrics["val/response_length"], metrics["rewards/length"], 12);
        Assert.Equal(4, step.Samples.Count);
        Assert.All(step.Samples, sample => Assert.NotEmpty(sample.Prompt));
    }

    [Fact]
    public void Divergence_within_an_iteration_ends_it_before_the_part_that_shows_it_is_learnt()
    {
        using var models = TinyRun.Models();
        var recorder = new Recorder<PpoStep>();
        Train(models, new PpoOptions { Update = new UpdateOptions { Epochs = 8, MaxKl = 1e-3 } }, recorder, steps: 2);
        Assert.All(recorder.Steps, step => Assert.True(step.StoppedEarly && step.Updates is >= 1 and < 8, $"{step.Updates}"));
        Assert.Equal([1e-2, 5e-3], recorder.Steps.Select(step => step.LearningRate));   // the rate goes on by iterations all the same
    }

    [Fact]
    public void Trying_the_longest_batch_first_changes_no_bit_and_asks_no_reward_source()
    {
        var asked = 0;
        Assert.Equal(Bits(false), Bits(true));
        Assert.Equal(48, asked);

        string[] Bits(bool tries)
        {
            using var models = TinyRun.Models(reward: RewardSource.Of(_ => asked++ % 3));
            asked = 0;
            var recorder = new Recorder<PpoStep>();
            new PpoTrainer(models.All, Options(new PpoOptions { Update = new UpdateOptions { RowsAtOnce = 4 } }, steps: 4, tries)).Train(TinyRun.Prompts, null, recorder);
            var tried = recorder.Events.OfType<LongestBatchTried>().ToList();
            Assert.Equal(tries ? 1 : 0, tried.Count);
            if (tries) Assert.Equal(4 * (3 + 8), tried[0].Tokens);   // four prompts of 3 with responses of 8
            return [.. SmallPolicy.Bits(models.Policy), .. SmallPolicy.Bits(models.Value!)];
        }
    }

    [Fact]
    public void A_run_leaves_no_tensor_behind()
    {
        using var models = TinyRun.Models();
        Run(new PpoOptions(), 2);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Run(new PpoOptions { Rollout = TinyRun.Rollout(samples: 2), Update = new UpdateOptions { Epochs = 2, MiniBatches = 2, RowsAtOnce = 3 } }, 10);
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);

        void Run(PpoOptions options, int steps)
        {
            var all = Options(options, steps);
            new PpoTrainer(models.All, all with { Run = all.Run with { SelfChecks = false } }).Train(TinyRun.Prompts, TinyRun.Prompts[..3]);   // the second begins where the first has moved to
        }
    }

    [Fact]
    public void Held_out_prompts_are_answered_with_the_same_random_numbers_each_time()
    {
        using var models = TinyRun.Models();
        var recorder = new Recorder<PpoStep>();
        var options = Options(new PpoOptions(), steps: 4);
        new PpoTrainer(models.All, options with
        {
            Optimizer = new OptimizerOptions { LearningRate = 1e-12 },   // a policy that stays
            Run = options.Run with { Evaluation = new EvaluationOptions { EvalSteps = 2, Metric = "eval/reward", GreaterIsBetter = true } },
        }).Train(TinyRun.Prompts, TinyRun.Prompts[..5], recorder);
        var evaluations = recorder.Events.OfType<EvaluationDone>().ToList();
        Assert.Equal(2, evaluations.Count);
        foreach (var name in (string[])["eval/reward", "eval/response_length", "eval/eos_share"]) Assert.Equal(Of(0, name), Of(1, name));
        Near.Equal(0, Of(1, "eval/kl"), 1e-4);
        Near.Equal(-Of(1, "eval/rlhf_reward"), Of(1, "eval/loss"), 1e-12);

        double Of(int index, string name) => evaluations[index].Metrics.Single(metric => metric.Name == name).Value;
    }

    [Fact]
    public void Trainers_say_what_they_cannot_do()
    {
        using var models = TinyRun.Models();
        using var without = TinyRun.Models(hasValue: false);
        Message("PPO needs a value model; RLOO and GRPO need none. (Parameter 'models')", () => new PpoTrainer(without.All));
        Message("The method compares responses with one another and trains no value model; give none. (Parameter 'models')", () => new RlooTrainer(models.All));
        Message("Rollout.SamplesPerPrompt must be at least 2, since a response is compared with the others to its prompt; was 1. (Parameter 'options')",
            () => new GrpoTrainer(without.All, new GrpoOptions { Rollout = new RolloutOptions() }));
        Message("Watch.Action must not be RaiseKl: in GRPO, divergence costs Beta in the loss, which stays as it is. (Parameter 'options')",
            () => new GrpoTrainer(without.All, new GrpoOptions { Watch = new RewardWatchOptions { Action = RewardWatchAction.RaiseKl } }));

        static void Message(string expected, Func<object> make) => Assert.Equal(expected, Assert.ThrowsAny<ArgumentException>(make).Message);
    }

    // Two responses of two tokens, the first with an end, with the scores given and no divergence.
    private static ScoredRollout Scored(params double[] scores)
    {
        var rollout = new Rollout([.. scores.Select((_, i) => new SampledResponse { Prompt = [1], Ids = [3, i == 0 ? TinyRun.End : 4], HasEnded = i == 0, Place = i })], new double[4]);
        return new ScoredRollout(rollout, [-1, -2, -1, -2], [-1, -2, -1, -2], new double[4], new RewardScores(scores));
    }

    private static OnPolicyOptions Common(PpoOptions options, TinyModels models) => new PpoTrainer(models.All, options).Common;

    private static void Train(TinyModels models, PpoOptions options, IObserver<RunEvent>? observer = null, int steps = 2) =>
        new PpoTrainer(models.All, Options(options, steps)).Train(TinyRun.Prompts, null, observer);

    private static PpoOptions Options(PpoOptions options, int steps = 2, bool tries = true) => options with
    {
        Rollout = options.Rollout == new PpoOptions().Rollout ? TinyRun.Rollout() : options.Rollout,
        Run = options.Run with { MaxSteps = steps, BatchSize = 6, GradientAccumulationSteps = 2, Batches = new BatchOptions { TriesLongestFirst = tries } },
        Optimizer = new OptimizerOptions { LearningRate = 1e-2, Epsilon = 1e-5 },
    };
}
