using Alignment.Models;
using Alignment.Training;

namespace Alignment.Tests.RunLoop;

/// <summary>A short run that saves itself every third step, on its own or in a process that is killed.</summary>
internal static class RunChild
{
    private const int Steps = 40;

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
        else
        {
            model.Adapters.Add("policy", new LoraOptions { Rank = 2, Dropout = 0.1 }, seed: 1);
            new DpoTrainer(model, ReferencePolicy.BaseOf(model), new DpoOptions { Run = run, Optimizer = optimizer }).Train(SmallPolicy.Pairs, SmallPolicy.Pairs[..3], observers, cancellationToken);
        }
        return SmallPolicy.Bits(model);
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
