using Alignment.Tests.RunLoop;
using Alignment.Tests.Runs;
using Alignment.Training;

namespace Alignment.Tests.Ppo;

/// <summary>The reward is how often a response says one token: every method must learn it, as far as the penalty lets it.</summary>
public sealed class OnPolicyLearningTests
{
    private const int Steps = 40;

    public static TheoryData<string> Methods => ["PPO", "RLOO", "GRPO"];

    [Theory, MemberData(nameof(Methods))]
    public void Each_method_learns_to_say_a_token_and_stays_near_the_reference(string method)
    {
        using var models = TinyRun.Models(hasValue: method == "PPO");
        var recorder = new Recorder<OnPolicyStep>();
        Train(method, models.All, recorder, beta: 0.3);
        var (first, last) = (recorder.Steps.Take(5).ToList(), recorder.Steps.TakeLast(5).ToList());
        Assert.Equal(Steps, recorder.Steps.Count);
        Assert.True(last.Average(step => step.RawScore) > first.Average(step => step.RawScore) + 1.5,
            $"{method}: {first.Average(step => step.RawScore):F2} -> {last.Average(step => step.RawScore):F2}, KL {last.Average(step => step.KlK3):F2}");
        Assert.InRange(last.Average(step => step.KlK1), 0, 10);   // the whole reward of 8 lies 27 nats away
    }

    [Theory, MemberData(nameof(Methods))]
    public void Without_a_penalty_it_runs_away_and_the_watch_tells(string method)
    {
        using var models = TinyRun.Models(hasValue: method == "PPO");
        var recorder = new Recorder<OnPolicyStep>();
        Train(method, models.All, recorder, beta: 0);
        var last = recorder.Steps.TakeLast(5).ToList();
        Assert.InRange(last.Average(step => step.RawScore), 7.5, 8);   // nothing but the token
        Assert.InRange(last.Average(step => step.KlK1), 20, 40);
        Assert.Superset(new HashSet<string> { "kl-high", "entropy-falls", "responses-repeat", "ends-missing" }, recorder.Events.OfType<RunWarning>().Select(warning => warning.Code).ToHashSet());
    }

    [Theory, MemberData(nameof(Methods))]
    public void A_large_penalty_keeps_it_at_the_reference(string method)
    {
        using var models = TinyRun.Models(hasValue: method == "PPO");
        var recorder = new Recorder<OnPolicyStep>();
        Train(method, models.All, recorder, beta: 5);
        var (first, last) = (recorder.Steps.Take(5).ToList(), recorder.Steps.TakeLast(5).ToList());
        Assert.InRange(last.Average(step => step.RawScore) - first.Average(step => step.RawScore), -0.3, 0.3);
        Assert.InRange(last.Average(step => step.KlK3), 0, 1);
    }

    [Theory, MemberData(nameof(Methods))]
    public void The_same_seed_gives_the_same_run_to_the_bit_and_another_seed_another(string method)
    {
        Assert.Equal(Bits(1), Bits(1));
        Assert.NotEqual(Bits(1), Bits(2));

        string[] Bits(int seed)
        {
            using var models = TinyRun.Models(hasValue: method == "PPO");
            Train(method, models.All, null, beta: 0.05, steps: 3, seed: seed);
            return [.. SmallPolicy.Bits(models.Policy), .. models.Value is null ? [] : SmallPolicy.Bits(models.Value)];
        }
    }

    internal static RunResult Train(string method, OnPolicyModels models, IObserver<RunEvent>? observer, double beta, int steps = Steps, int seed = 42, RewardWatchOptions? watch = null)
    {
        var run = new RunOptions { MaxSteps = steps, BatchSize = 12, Seed = seed };
        var optimizer = new OptimizerOptions { LearningRate = 1e-2, Epsilon = 1e-5 };
        watch ??= new RewardWatchOptions();
        return method switch
        {
            "PPO" => new PpoTrainer(models, new PpoOptions
            {
                Rollout = TinyRun.Rollout(samples: 4),
                Kl = new KlOptions { Coefficient = beta },
                Update = new UpdateOptions { RowsAtOnce = 48, Epochs = 2 },
                Watch = watch,
                Run = run,
                Optimizer = optimizer,
            }).Train(TinyRun.Prompts, null, observer),
            "RLOO" => new RlooTrainer(models, new RlooOptions
            {
                Rollout = TinyRun.Rollout(samples: 4),
                Kl = new KlOptions { Coefficient = beta },
                Update = new UpdateOptions { RowsAtOnce = 48, Epochs = 1 },
                Watch = watch,
                Run = run,
                Optimizer = optimizer,
            }).Train(TinyRun.Prompts, null, observer),
            _ => new GrpoTrainer(models, new GrpoOptions
            {
                Rollout = TinyRun.Rollout(samples: 4),
                Beta = beta,
                Update = new UpdateOptions { RowsAtOnce = 48, Epochs = 1 },
                Watch = watch,
                Run = run,
                Optimizer = optimizer,
            }).Train(TinyRun.Prompts, null, observer),
        };
    }
}
