using Alignment.Models;
using Alignment.Training;

namespace Alignment.Tests.RunLoop;

/// <summary>A short run that saves itself every third step, on its own or in a process that is killed.</summary>
internal static class RunChild
{
    private const int Steps = 40, PpoSteps = 24;

    public static string MetricsOf(string folder) => Path.Combine(folder, "metrics.jsonl");

    public static string CheckpointsOf(string folder) => Path.Combine(folder, "checkpoints");

    /// <summary>As a program: says when it begins and when a step is done, so that whoever kills it knows where.</summary>
    public static int Run(string method, string folder)
    {
        using var signals = new StopSignals();
        try
        {
            Train(method, folder, new Speaker(), signals.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("interrupted");
        }
        return signals.ExitCode ?? 0;
    }

    /// <summary>The whole run, or what is left of it.</summary>
    /// <returns>The bits of the model in the end.</returns>
    public static string[] Train(string method, string folder, IObserver<RunEvent>? observer = null, CancellationToken cancellationToken = default)
    {
        using var model = SmallPolicy.New(TorchSharp.torch.ScalarType.Float32);
        using var metrics = new JsonlObserver(MetricsOf(folder)) { IncludesTimes = false };
        var observers = RunObservers.All(metrics, observer);
        var run = new RunOptions
        {
            MaxSteps = Steps,
            BatchSize = 2,
            LoggingSteps = 4,
            Evaluation = new EvaluationOptions { EvalSteps = 5 },
            Checkpoints = new CheckpointOptions { Folder = CheckpointsOf(folder), SaveSteps = 3, SaveTotalLimit = 2 },
        };
        var optimizer = new OptimizerOptions { LearningRate = 1e-2, WarmupSteps = 4, WeightDecay = 0.1 };
        if (method == "sft")
        {
            TokenizedExample[] examples = [.. SmallPolicy.Pairs.Select(pair => new TokenizedExample(pair.Prompt, pair.Chosen))];
            new SftTrainer(model, new SftOptions { Run = run, Optimizer = optimizer }).Train(examples, examples[..3], observers, cancellationToken);
        }
        else if (method == "ppo")
        {
            TrainPpo(model, run with { MaxSteps = PpoSteps, Evaluation = new EvaluationOptions { EvalSteps = 4, BatchSize = 2 } }, optimizer, observers, cancellationToken);
        }
        else
        {
            model.Adapters.Add("policy", new LoraOptions { Rank = 2, Dropout = 0.1 }, seed: 1);
            new DpoTrainer(model, ReferencePolicy.BaseOf(model), new DpoOptions { Run = run, Optimizer = optimizer }).Train(SmallPolicy.Pairs, SmallPolicy.Pairs[..3], observers, cancellationToken);
        }
        return SmallPolicy.Bits(model);
    }

    // Everything that a run can carry from one iteration to the next: two models, a coefficient that adapts, the scale of scores, what the watch has seen.
    private static void TrainPpo(DecoderModel model, RunOptions run, OptimizerOptions optimizer, IObserver<RunEvent> observers, CancellationToken cancellationToken)
    {
        using var reference = model.Copy();
        using var copy = model.Copy();
        using var reward = DecoderRewardModel.FromLanguageModel(copy, seed: 3);
        using var value = reward.ToValueModel();
        var models = OnPolicyModels.Apart(model, ReferencePolicy.Frozen(reference), RewardSource.Of(Score), value);
        var prompts = SmallPolicy.Pairs.Select(pair => new TokenizedPrompt(pair.Prompt)).ToArray();
        new PpoTrainer(models, new PpoOptions
        {
            Rollout = new RolloutOptions { MaxNewTokens = 6, StopIds = [2], SamplesPerPrompt = 2, Temperature = 0.9 },
            Scores = new ScoreOptions { Normalizes = true },
            Kl = new KlOptions { Coefficient = 0.1, Target = 1, Horizon = 50 },
            Update = new UpdateOptions { Epochs = 2, MiniBatches = 2, RowsAtOnce = 2 },
            Watch = new RewardWatchOptions { Window = 2, MostKl = 0.5, Action = RewardWatchAction.RaiseKl },
            Run = run,
            Optimizer = optimizer,
        }).Train(prompts, prompts[..3], observers, cancellationToken);

        static double Score(SampledResponse response)
        {
            if (response is { Place: 0, Sample: 0 }) Console.WriteLine("scoring");   // between rollout and update
            return response.Ids.Count(id => id == 7);
        }
    }

    private sealed class Speaker : IObserver<RunEvent>
    {
        public void OnNext(RunEvent value)
        {
            if (value is RunStarted) Console.WriteLine($"from {value.Step}");
            if (value is TrainingStep) Console.WriteLine($"step {value.Step}");
            if (value is RunEnded { Reason: RunEnd.Completed }) Console.WriteLine("done");
            Thread.Sleep(3);   // so that kills fall everywhere and not into the start alone
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
