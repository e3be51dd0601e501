using Alignment.Training;
using Microsoft.Extensions.Logging;

namespace Alignment.Tests.Observers;

/// <summary>What a logger is told, and at which level.</summary>
public sealed class LoggerObserverTests
{
    private static readonly RunEvent[] Run =
    [
        RunEvents.Started(), RunEvents.Warning(0), RunEvents.Row(), RunEvents.Memory(), RunEvents.Tried(), RunEvents.Step(1, 0.75), RunEvents.Step(2, 0.25), RunEvents.Evaluation(2, 0.4, new SampleAnswer("Why?", "So.")),
        RunEvents.Saved(2), RunEvents.Step(3, 0.125), RunEvents.Ended(3),
    ];

    [Fact]
    public void Every_message_has_its_id_and_level()
    {
        var logger = new ListLogger(LogLevel.Trace);
        var observer = new LoggerObserver(logger);
        observer.Hear(Run);
        observer.OnError(new OperationCanceledException());   // how a run ends that was asked to stop: no failure
        Assert.Equal(
        [
            (LogLevel.Information, 100, "SFT starts: 4 steps, 16 rows, 2 held out; 1,000 of 25,000 parameters are trained"),
            (LogLevel.Debug, 101, "Run.Seed = 42"),
            (LogLevel.Debug, 101, "Optimizer.LearningRate = 2E-05"),
            (LogLevel.Warning, 105, "Step 0, learning-rate-high: The rate of 0.1 is \"high\"."),
            (LogLevel.Trace, 111, "First row: response: ab⟦c<end>⟧"),
            (LogLevel.Information, 110, "tensors will need 2.00 GB at most: weights 2.00 GB, gradients 1.5 MB, optimizer 3.0 MB, activations 4.5 kB, reference 0.0 kB"),
            (LogLevel.Information, 109, "the longest batch, 8 rows of 4,096 tokens, went through; at most 2.50 GB were in use"),
            (LogLevel.Information, 102, "step 2/4  loss 0.5000     grad_norm 2.000      learning_rate 2e-05      epoch 0.5000     tokens_per_second 50.00"),
            (LogLevel.Information, 103, "step 2/4  eval/loss 0.4000  (best)"),
            (LogLevel.Trace, 104, "Answer at step 2 to 'Why?': 'So.'"),
            (LogLevel.Information, 106, "Checkpoint of step 2: /runs/a/checkpoint-000002"),
            (LogLevel.Information, 102, "step 3/4  loss 0.1250     grad_norm 2.000      learning_rate 2e-05      epoch 0.7500     tokens_per_second 50.00"),
            (LogLevel.Information, 107, "completed after 3 steps and 0:01:30"),
        ], logger.Messages);
    }

    [Fact]
    public void Texts_of_answers_are_logged_at_Trace_alone()
    {
        var logger = new ListLogger(LogLevel.Debug);
        new LoggerObserver(logger).Hear(Run);
        Assert.DoesNotContain(logger.Messages, message => message.Text.Contains("So.", StringComparison.Ordinal) || message.Text.Contains("ab⟦", StringComparison.Ordinal));
        Assert.Equal(11, logger.Messages.Count);
    }

    [Fact]
    public void Warnings_come_alone_where_only_they_are_wanted()
    {
        var logger = new ListLogger(LogLevel.Warning);
        new LoggerObserver(logger).Hear(Run);
        Assert.Equal([105], logger.Messages.Select(message => message.Id));
    }

    [Fact]
    public void An_error_is_logged_with_its_exception_after_the_steps_before_it()
    {
        var logger = new ListLogger(LogLevel.Information);
        var observer = new LoggerObserver(logger);
        observer.Hear(RunEvents.Started(), RunEvents.Step(1, 0.5));
        var error = new TrainingException("The loss must be finite.");
        observer.OnError(error);
        Assert.Equal([100, 102, 108], logger.Messages.Select(message => message.Id));
        Assert.Equal((LogLevel.Error, 108, "The run failed after step 1."), logger.Messages[^1]);
        Assert.Same(error, logger.Error);
    }
}
