using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>A run as lines for people.</summary>
public sealed class TextObserverTests : IDisposable
{
    private readonly StringWriter _writer = new() { NewLine = "\n" };

    [Fact]
    public void A_run()
    {
        var observer = new TextObserver(_writer);
        observer.Hear(
            RunEvents.Started(), RunEvents.Warning(0), RunEvents.Row(), RunEvents.Memory(), RunEvents.Tried(), RunEvents.Step(1, 0.75), RunEvents.Step(2, 0.25), RunEvents.Evaluation(2, 0.4, new SampleAnswer("secret", "secret")),
            RunEvents.Saved(2), RunEvents.Step(3, 0.125), RunEvents.Ended(3, RunEnd.EarlyStopped) with { BestStep = 2, Elapsed = TimeSpan.FromHours(30.5) });
        observer.OnCompleted();
        Assert.Equal("""
            SFT starts: 4 steps, 16 rows, 2 held out; 1,000 of 25,000 parameters are trained
            warning at step 0, learning-rate-high: The rate of 0.1 is "high".
            the first row, with what is trained in brackets:
            response: ab⟦c<end>⟧
            tensors will need 2.00 GB at most: weights 2.00 GB, gradients 1.5 MB, optimizer 3.0 MB, activations 4.5 kB, reference 0.0 kB
            the longest batch, 8 rows of 4,096 tokens, went through; at most 2.50 GB were in use
            step 2/4  loss 0.5000     grad_norm 2.000      learning_rate 2e-05      epoch 0.5000     tokens_per_second 50.00
            step 2/4  eval/loss 0.4000  (best)
            checkpoint of step 2: /runs/a/checkpoint-000002
            step 3/4  loss 0.1250     grad_norm 2.000      learning_rate 2e-05      epoch 0.7500     tokens_per_second 50.00
            stopped early, since evaluations had stopped to get better after 3 steps and 30:30:00; the best evaluation was at step 2

            """, _writer.ToString());
    }

    [Fact]
    public void A_run_that_goes_on_and_fails()
    {
        var observer = new TextObserver(_writer);
        observer.Hear(RunEvents.Started(1000, totalSteps: 2000), RunEvents.Step(1001, 0.5));
        observer.OnError(new TrainingException("The loss must be finite."));
        Assert.Equal("""
            SFT goes on after step 1,000: 2,000 steps, 16 rows, 2 held out; 1,000 of 25,000 parameters are trained
            step 1001/2000  loss 0.5000     grad_norm 2.000      learning_rate 2e-05      epoch 250.2      tokens_per_second 50.00
            failed: The loss must be finite.

            """, _writer.ToString());
    }

    public void Dispose() => _writer.Dispose();

    [Theory]
    [InlineData(RunEnd.Completed, "completed after 4 steps and 0:01:30\n")]
    [InlineData(RunEnd.OverOptimized, "stopped, since it was over-optimized after 4 steps and 0:01:30\n")]
    [InlineData(RunEnd.Interrupted, "interrupted after 4 steps and 0:01:30\n")]
    [InlineData(RunEnd.DryRun, "dry run ended after 4 steps and 0:01:30\n")]
    public void The_end(RunEnd reason, string expected)
    {
        var observer = new TextObserver(_writer);
        observer.OnNext(RunEvents.Ended(4, reason));
        observer.OnError(new OperationCanceledException());   // how a run ends that was asked to stop: no failure
        Assert.Equal(expected, _writer.ToString());
    }
}
