using System.Text.Json.Nodes;
using Alignment.Tests.RunLoop;
using Alignment.Tests.Runs;
using Alignment.Training;

namespace Alignment.Tests.Ppo;

public sealed class RewardWatchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Each_sign_is_told_once_with_its_numbers()
    {
        Told([], steps: 40);
        Told(["kl-high at 15"], kl: step => step > 10 ? 24.5 : 1);                    // the mean of 11 to 15 is 24.5; of 10 to 14, 19.8
        Told(["responses-longer at 15"], length: step => step > 10 ? 15.1 : 10);
        Told(["responses-shorter at 13"], length: step => step > 10 ? 4 : 10);        // (2 * 10 + 3 * 4) / 5 = 6.4 < 10 / 1.5
        Told(["entropy-falls at 14"], entropy: step => step > 10 ? 0.3 : 1);          // (1 + 4 * 0.3) / 5 = 0.44
        Told(["responses-repeat at 14"], repetition: step => step > 10 ? 0.3 : 0);
        Told(["ends-missing at 12"], ended: step => step > 10 ? 2 : 8);               // (3 * 1 + 2 * 0.25) / 5 = 0.7
        Told(["kl-negative at 15"], k1: step => step > 10 ? -1.1 : 1);                // (1 - 4 * 1.1) / 5 = -0.68 at 14
        Told(["sampler-differs at 12"], sampler: step => step > 10 ? -0.03 : 0);
        Told(["kl-accelerates at 33"], kl: step => step > 30 ? 1.5 + (step - 30) : 0.05 * step);
    }

    [Fact]
    public void A_sign_names_what_it_saw()
    {
        var watch = new RewardWatch(new RewardWatchOptions());
        var signs = Enumerable.Range(1, 12).SelectMany(step => watch.Look(Step(step, length: step > 6 ? 20 : 10))).ToList();
        Assert.Equal(("responses-longer", "Responses have 16.0 tokens, 1.60 times as many as at first: length may be what is rewarded."), signs.Single());
    }

    [Fact]
    public void A_second_scorer_that_falls_while_the_reward_rises_is_told_and_the_peak_foretold()
    {
        var watch = new RewardWatch(new RewardWatchOptions());
        var law = new SquareRootLaw(1, 0.5, 0);
        IReadOnlyList<Metric> metrics = [];
        var told = new List<string>();
        for (var i = 1; i <= 20; i++)
        {
            metrics = watch.LookAtGold(i, reward: Math.Sqrt(i), gold: law.At(i));   // its peak lies at e² = 7.39 nats
            told.AddRange(watch.TakeSignsOfEvaluation().Select(sign => $"{sign.Code} at {i} nats"));
            Assert.Empty(watch.TakeSignsOfEvaluation());
            if (i >= 4) Near.Equal(Math.E * Math.E, metrics.Single(metric => metric.Name == "eval/gold_peak_kl").Value, 1e-6);
        }
        Assert.Equal(["past-peak at 8 nats", "gold-falls at 16 nats"], told);
    }

    [Fact]
    public void What_the_watch_has_seen_goes_through_a_checkpoint()
    {
        var (whole, first) = (new RewardWatch(new RewardWatchOptions()), new RewardWatch(new RewardWatchOptions()));
        for (var step = 1; step <= 12; step++) Assert.Equal(whole.Look(Step(step, kl: 5 * step)), first.Look(Step(step, kl: 5 * step)));
        var rest = new RewardWatch(new RewardWatchOptions());
        rest.Read(JsonNode.Parse(first.ToJson().ToJsonString())!.AsObject());
        for (var step = 13; step <= 40; step++) Assert.Equal(whole.Look(Step(step, length: step)), rest.Look(Step(step, length: step)));
        Assert.Equal(whole.ToJson().ToJsonString(), rest.ToJson().ToJsonString());
    }

    [Fact]
    public void A_watch_that_stops_ends_the_run()
    {
        using var models = TinyRun.Models();
        var result = OnPolicyLearningTests.Train("PPO", models.All, null, beta: 0, watch: new RewardWatchOptions { Action = RewardWatchAction.Stop });
        Assert.Equal(RunEnd.OverOptimized, result.Reason);
        Assert.InRange(result.Steps, 6, 20);
    }

    [Fact]
    public void A_watch_that_raises_what_a_nat_costs_brings_the_policy_back()
    {
        var (warned, raised) = (Last(RewardWatchAction.Warn), Last(RewardWatchAction.RaiseKl));
        Assert.Equal(0.1, warned.KlCoefficient);
        Assert.True(raised.KlCoefficient >= 0.8, $"{raised.KlCoefficient}");   // three signs or more
        Assert.True(raised.KlK3 < 0.5 * warned.KlK3, $"{raised.KlK3} after {warned.KlK3}");

        static OnPolicyStep Last(RewardWatchAction action)
        {
            using var models = TinyRun.Models();
            var recorder = new Recorder<OnPolicyStep>();
            OnPolicyLearningTests.Train("PPO", models.All, recorder, beta: 0.1, watch: new RewardWatchOptions { Action = action });
            return recorder.Steps[^1];
        }
    }

    [Fact]
    public void A_watch_that_rolls_back_gives_the_weights_of_the_best_evaluation_by_the_second_scorer()
    {
        // The reward wants 7 and nothing else; what it stands for is one 7 in a response, and then an end.
        var gold = RewardSource.Of(response => Math.Min(2, response.Ids.Count(id => id == TinyRun.Wanted)) + (response.HasEnded ? 2 : 0));
        using var models = TinyRun.Models();
        var all = OnPolicyModels.Apart(models.Policy, ReferencePolicy.Frozen(models.Start), TinyRun.Count, models.Value, gold);
        var saved = new Dictionary<int, string[]>();
        var recorder = new Recorder<PpoStep>();
        var result = new PpoTrainer(all, new PpoOptions
        {
            Rollout = TinyRun.Rollout(samples: 4),
            Kl = new KlOptions { Coefficient = 0 },
            Scores = new ScoreOptions { MissingEndPenalty = 0 },
            Update = new UpdateOptions { RowsAtOnce = 48, Epochs = 2 },
            Watch = new RewardWatchOptions { Action = RewardWatchAction.RollBack },
            Run = new RunOptions
            {
                MaxSteps = 40,
                BatchSize = 12,
                Evaluation = new EvaluationOptions { EvalSteps = 1, Metric = "eval/gold", GreaterIsBetter = true },
                Checkpoints = new CheckpointOptions { Folder = folder.File("run"), SaveSteps = 100 },
            },
            Optimizer = new OptimizerOptions { LearningRate = 1e-2, Epsilon = 1e-5 },
        }).Train(TinyRun.Prompts, TinyRun.Prompts, RunObservers.All(recorder, new Keeper(() => saved[saved.Count + 1] = SmallPolicy.Bits(models.Policy))));
        Assert.Equal(RunEnd.OverOptimized, result.Reason);
        Assert.InRange(result.BestEvaluation!.Step, 1, result.Steps - 1);
        Assert.Equal(saved[result.BestEvaluation.Step], SmallPolicy.Bits(models.Policy));
        Assert.NotEqual(saved[result.Steps], SmallPolicy.Bits(models.Policy));
    }

    public void Dispose() => folder.Dispose();

    private static void Told(string[] expected, int steps = 40, Func<int, double>? kl = null, Func<int, double>? length = null, Func<int, double>? entropy = null, Func<int, double>? repetition = null, Func<int, int>? ended = null, Func<int, double>? k1 = null, Func<int, double>? sampler = null)
    {
        var watch = new RewardWatch(new RewardWatchOptions());
        List<string> told = [];
        for (var step = 1; step <= steps; step++)
            told.AddRange(watch.Look(Step(step, kl?.Invoke(step) ?? 1, length?.Invoke(step) ?? 10, entropy?.Invoke(step) ?? 1, repetition?.Invoke(step) ?? 0, ended?.Invoke(step) ?? 8) with { KlK1 = k1?.Invoke(step) ?? 1, SamplerKl = sampler?.Invoke(step) ?? 0 }).Select(sign => $"{sign.Code} at {step}"));
        Assert.Equal(expected, told);
    }

    private static OnPolicyStep Step(int step, double kl = 1, double length = 10, double entropy = 1, double repetition = 0, int ended = 8) => new()
    {
        Step = step, Epoch = 0, Loss = 0, GradientNorm = 0, LearningRate = 0, Tokens = 0, Kl = kl, KlK1 = kl, KlK3 = kl, KlCoefficient = 0.1, Entropy = entropy * length,
        NonScoreReward = 0, Score = 0, RawScore = 0, ScoreParts = [], PolicyLoss = 0, ApproxKl = 0, ClipFraction = 0, Ratio = 1, RatioVariance = 0, SamplerKl = 0,
        ResponseLength = length, Ended = ended, Responses = 8, Repetition = repetition, Updates = 1, StoppedEarly = false, RolloutTokensPerSecond = 1, UpdateTokensPerSecond = 1,
    };

    private sealed class Keeper(Action keep) : IObserver<RunEvent>
    {
        public void OnNext(RunEvent value)
        {
            if (value is TrainingStep) keep();
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
