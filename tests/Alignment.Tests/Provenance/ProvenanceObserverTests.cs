using Alignment.Training;

namespace Alignment.Tests.Provenance;

public sealed class ProvenanceObserverTests
{
    [Fact]
    public void A_run_that_is_heard_from_start_to_end()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
        var observer = new ProvenanceObserver(time);
        Assert.Equal("A run must have started before there is a provenance.", Assert.Throws<InvalidOperationException>(() => observer.Provenance).Message);
        var settings = new Dictionary<string, string> { ["Loss.Beta"] = "0.1" };
        observer.OnNext(new RunStarted { Step = 0, Method = "DPO", TotalSteps = 9, Rows = 72, HeldOutRows = 8, TrainedParameters = 5, Parameters = 10, LoggingSteps = 1, Settings = settings });
        observer.OnNext(Step(1, loss: 0.7));
        observer.OnNext(new EvaluationDone { Step = 1, Metrics = [new Metric("eval/loss", 0.6)], IsBest = true });
        time.Now = time.Now.AddHours(2);
        observer.OnNext(Step(2, loss: 0.5));
        observer.OnNext(new RunEnded { Step = 2, Reason = RunEnd.Interrupted, Elapsed = TimeSpan.FromHours(1.5) });
        observer.OnCompleted();

        var heard = observer.Provenance;
        Assert.Equal(("DPO", 2, RunEnd.Interrupted, TimeSpan.FromHours(1.5)), (heard.Method, heard.Steps, heard.End, heard.Elapsed));
        Assert.Equal((time.Now.AddHours(-2), time.Now), (heard.Started, heard.Finished));
        Assert.Same(settings, heard.Settings);
        Assert.Equal(["loss", "grad_norm", "learning_rate", "epoch", "num_tokens", "tokens_per_second", "eval/loss"], heard.Metrics.Select(metric => metric.Name));
        Assert.Equal((0.5, 0.6), (heard.Metrics[0].Value, heard.Metrics[^1].Value));
        Assert.Equal([".NET", "Alignment", "Operating system", "TorchSharp", "libtorch"], heard.Versions.Keys);
        Assert.Matches(@"^\d+\.\d+\.\d+", heard.Versions["libtorch"]);
    }

    private static SftStep Step(int step, double loss) =>
        new() { Step = step, Epoch = 0.1, Loss = loss, GradientNorm = 1, LearningRate = 1e-5, Tokens = 10, TokensPerSecond = 100 };
}
