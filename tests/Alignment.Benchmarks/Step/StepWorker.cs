using System.Diagnostics;
using System.Globalization;
using Alignment.Models;
using Alignment.Training;
using TorchSharp;

namespace Alignment.Benchmarks;

/// <summary>The other side of <see cref="StepProcess"/>: each line of input asks for a step; each step answers seconds, processor seconds, peak, loss, gradient norm.</summary>
internal sealed class StepWorker : IObserver<RunEvent>
{
    public const double LearningRate = 1e-6;

    private readonly Stopwatch _watch = new();
    private TimeSpan _processor;

    public static void Run(string way, StepSetting setting, int threads)
    {
        if (threads > 0) torch.set_num_threads(threads);
        using var policy = DecoderModel.FromScratch(setting.Config, 1);
        using var reference = setting.Reference == "online" ? DecoderModel.FromScratch(setting.Config, 2) : null;
        File.WriteAllText("/proc/self/clear_refs", "5");   // the peak counts from here, where the weights exist
        var worker = new StepWorker();
        worker.Wait();
        if (way == "ours") worker.Ours(policy, reference, setting.Pairs());
        else worker.Padded(policy, reference, setting.Pairs());
    }

    public void OnNext(RunEvent value)
    {
        if (value is not DpoStep step) return;
        Answer(step.Loss, step.GradientNorm);
        Wait();
    }

    public void OnCompleted() { }

    public void OnError(Exception error) => Console.Error.WriteLine(error);

    private void Ours(DecoderModel policy, DecoderModel? reference, IReadOnlyList<TokenizedPair> pairs)
    {
        var options = new DpoOptions
        {
            Run = new RunOptions { BatchSize = pairs.Count, MaxSteps = 1000, Shuffle = false, SelfChecks = false },
            Optimizer = new OptimizerOptions { LearningRate = LearningRate, Schedule = LearningRateSchedule.Constant },
        };
        new DpoTrainer(policy, reference is null ? new GivenReference() : ReferencePolicy.Frozen(reference), options).Train(pairs, observer: this);
    }

    private void Padded(DecoderModel policy, DecoderModel? reference, IReadOnlyList<TokenizedPair> pairs)
    {
        using var step = new PaddedStep(policy, reference, pairs);
        while (true)
        {
            var (loss, norm) = step.Next();
            Answer(loss, norm);
            Wait();
        }
    }

    private void Answer(double loss, double norm) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{_watch.Elapsed.TotalSeconds:R} {(Process.GetCurrentProcess().TotalProcessorTime - _processor).TotalSeconds:R} {Memory.Megabytes("VmHWM:"):R} {loss:R} {norm:R}"));

    private void Wait()
    {
        if (Console.ReadLine() is null) Environment.Exit(0);
        _processor = Process.GetCurrentProcess().TotalProcessorTime;
        _watch.Restart();
    }
}
