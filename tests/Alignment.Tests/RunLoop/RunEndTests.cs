using Alignment.Losses;
using Alignment.Tests.Runs;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.RunLoop;

/// <summary>How runs end: with the best weights, early, over-optimised, or with steps left out.</summary>
public sealed class RunEndTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_best_evaluation_is_found_and_its_weights_come_back()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var recorder = new Recorder<DpoStep>();
        // The more it learns that chosen is better, the larger the loss on pairs the other way round: the first evaluation is the best.
        var result = Train(policy, start, recorder, new EvaluationOptions { EvalSteps = 2, RestoresBest = true }, new WatchOptions { MostChosenDrop = 1000 }, folder.File("run"), steps: 6);
        Assert.Equal([2, 4, 6], recorder.Events.OfType<EvaluationDone>().Select(evaluation => evaluation.Step));
        Assert.Equal([true, false, false], recorder.Events.OfType<EvaluationDone>().Select(evaluation => evaluation.IsBest));
        Assert.Equal((RunEnd.Completed, 2, 6), (result.Reason, result.BestEvaluation!.Step, result.Steps));

        using var shorter = SmallPolicy.New();
        Train(shorter, start, null, new EvaluationOptions(), new WatchOptions(), null, steps: 2, of: 6);
        Assert.Equal(SmallPolicy.Bits(shorter), SmallPolicy.Bits(policy));
    }

    [Fact]
    public void Where_no_evaluation_was_better_than_the_first_the_model_is_as_it_began()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var recorder = new Recorder<DpoStep>();
        var evaluation = new EvaluationOptions { EvalSteps = 2, EvalOnStart = true, RestoresBest = true };
        var result = Train(policy, start, recorder, evaluation, new WatchOptions { MostChosenDrop = 1000 }, folder.File("run"), steps: 6);
        Assert.Equal([(0, true), (2, false), (4, false), (6, false)], recorder.Events.OfType<EvaluationDone>().Select(done => (done.Step, done.IsBest)));
        Assert.Equal((RunEnd.Completed, 0, 6), (result.Reason, result.BestEvaluation!.Step, result.Steps));
        Assert.Equal(SmallPolicy.Bits(start), SmallPolicy.Bits(policy));
    }

    [Fact]
    public void A_run_that_goes_on_from_the_checkpoint_of_its_first_evaluation_prepares_itself_no_second_time()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var evaluation = new EvaluationOptions { EvalSteps = 2, EvalOnStart = true, RestoresBest = true };
        Train(policy, start, null, evaluation, new WatchOptions { MostChosenDrop = 1000 }, folder.File("run"), steps: 6);
        foreach (var later in Directory.GetDirectories(folder.File("run"), "checkpoint-*").Where(path => !path.EndsWith("000000", StringComparison.Ordinal))) Directory.Delete(later, true);
        using var again = SmallPolicy.New();
        var recorder = new Recorder<DpoStep>();
        var result = Train(again, start, recorder, evaluation, new WatchOptions { MostChosenDrop = 1000 }, folder.File("run"), steps: 6);
        Assert.Empty(recorder.Events.OfType<MemoryEstimated>());
        Assert.Equal([2, 4, 6], recorder.Events.OfType<EvaluationDone>().Select(done => done.Step));
        Assert.Equal((0, 6), (result.BestEvaluation!.Step, result.Steps));
        Assert.Equal(SmallPolicy.Bits(start), SmallPolicy.Bits(again));
    }

    [Fact]
    public void Evaluations_that_get_no_better_end_the_run()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var result = Train(policy, start, null, new EvaluationOptions { EvalSteps = 1, Patience = 2 }, new WatchOptions(), null, steps: 20);
        Assert.Equal((RunEnd.EarlyStopped, 3, 1), (result.Reason, result.Steps, result.BestEvaluation!.Step));
    }

    [Fact]
    public void A_metric_that_is_not_measured_is_an_error_that_lists_those_that_are()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var error = Assert.Throws<TrainingException>(() => Train(policy, start, null, new EvaluationOptions { Metric = "eval/acuracy" }, new WatchOptions(), null, steps: 1));
        Assert.StartsWith("Evaluation.Metric must be one of eval/loss, eval/rewards/chosen, eval/rewards/rejected, eval/rewards/accuracies,", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("; was 'eval/acuracy'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Going_back_to_the_best_needs_a_folder()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var error = Assert.Throws<ArgumentException>(() => Train(policy, start, null, new EvaluationOptions { RestoresBest = true }, new WatchOptions(), null, steps: 1));
        Assert.StartsWith("To go back to the best evaluation, its weights must have been saved: name a folder in Run.Checkpoints.Folder.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Over_optimisation_is_told_with_its_numbers_and_can_end_the_run()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var recorder = new Recorder<DpoStep>();
        var answers = new AnswerOptions { Count = 3, MaxNewTokens = 8, StopIds = [2] };
        var result = Train(policy, start, recorder, new EvaluationOptions { EvalSteps = 1, Answers = answers }, new WatchOptions { Action = WatchAction.Stop, MostKl = 0.01, MostChosenDrop = 1000 }, null, steps: 20);
        Assert.Equal(RunEnd.OverOptimized, result.Reason);
        var warning = recorder.Events.OfType<RunWarning>().Last();
        Assert.Equal("kl-high", warning.Code);
        Assert.Matches(@"^Sampled answers are \d+\.\d nats from the reference, more than 0\.0: the policy has moved far\. A larger Beta or fewer steps hold it\.$", warning.Message);
        var metrics = result.LastEvaluation!.Metrics.ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.InRange(metrics["eval/answers/length"], 1, 8);
        Assert.InRange(metrics["eval/answers/entropy"], 0.1, Math.Log(SmallPolicy.Vocabulary) + 1);
        Assert.True(metrics["eval/answers/kl"] > 0.01);
    }

    [Fact]
    public void A_model_that_learns_text_becomes_surer_of_it_and_nothing_is_said()
    {
        using var model = SmallPolicy.New();
        var recorder = new Recorder<SftStep>();
        TokenizedExample[] rows = [.. SmallPolicy.Pairs.Select(pair => new TokenizedExample(pair.Prompt, pair.Chosen))];
        var evaluation = new EvaluationOptions { EvalOnStart = true, Answers = new AnswerOptions { Count = 3, MaxNewTokens = 8, StopIds = [2] } };
        var run = new RunOptions { MaxSteps = 40, Evaluation = evaluation, Watch = new WatchOptions { LeastEntropy = 0.9 } };
        new SftTrainer(model, new SftOptions { Run = run, Optimizer = new OptimizerOptions { LearningRate = 1e-2 } }).Train(rows, rows, recorder);
        double[] entropies = [.. recorder.Events.OfType<EvaluationDone>().Select(done => done.Metrics.Single(metric => metric.Name == "eval/answers/entropy").Value)];
        Assert.True(entropies[1] < 0.8 * entropies[0]);
        Assert.Empty(recorder.Events.OfType<RunWarning>());
    }

    [Fact]
    public void A_step_whose_loss_is_not_finite_can_be_left_out_and_is_counted()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var recorder = new Recorder<DpoStep>();
        var run = new RunOptions { BatchSize = 2, Shuffle = false, NonFinite = NonFinite.Skip, SelfChecks = false, Batches = new BatchOptions { TriesLongestFirst = false } };
        var result = new DpoTrainer(policy, ReferencePolicy.Frozen(start), new DpoOptions { Run = run, Loss = new BrokenOnce(brokenCall: 2) }).Train(SmallPolicy.Pairs, null, recorder);
        Assert.Equal((1, 4), (result.SkippedSteps, result.Steps));
        Assert.Equal([1, 3, 4], recorder.Steps.Select(step => step.Step));
        var warning = Assert.Single(recorder.Events.OfType<RunWarning>(), warning => warning.Code == "step-skipped");
        Assert.StartsWith("The step was left out. The loss must be finite; it was NaN at step 2, rows 2, 3 of the data. The largest activations, up to ", warning.Message, StringComparison.Ordinal);
        // The rate goes on as planned: 3/4, 2/4, 1/4 of the way down, one of them unseen.
        Assert.Equal([1, 0.5, 0.25], recorder.Steps.Select(step => step.LearningRate / DpoOptions.UsualLearningRate).Select(rate => Math.Round(rate, 12)));
    }

    [Fact]
    public void Ten_steps_left_out_in_a_row_stop_the_run()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        using (no_grad()) policy.parameters().First().fill_(double.NaN);
        var recorder = new Recorder<DpoStep>();
        var run = new RunOptions { MaxSteps = 20, BatchSize = 2, NonFinite = NonFinite.Skip };
        Assert.Throws<TrainingException>(() => new DpoTrainer(policy, ReferencePolicy.Frozen(start), new DpoOptions { Run = run }).Train(SmallPolicy.Pairs, null, recorder));
        Assert.Equal(9, recorder.Events.OfType<RunWarning>().Count(warning => warning.Code == "step-skipped"));
    }

    public void Dispose() => folder.Dispose();

    private static RunResult Train(Models.DecoderModel policy, Models.DecoderModel start, Recorder<DpoStep>? recorder, EvaluationOptions evaluation, WatchOptions watch, string? checkpoints, int steps, int? of = null)
    {
        using var stop = new CancellationTokenSource();
        var options = new DpoOptions
        {
            Run = new RunOptions { MaxSteps = of ?? steps, BatchSize = 4, Evaluation = evaluation, Watch = watch, Checkpoints = new CheckpointOptions { Folder = checkpoints } },
            Optimizer = new OptimizerOptions { LearningRate = 0.01 },
        };
        var trainer = new DpoTrainer(policy, ReferencePolicy.Frozen(start), options);
        TokenizedPair[] heldOut = [.. SmallPolicy.Pairs.Select(pair => new TokenizedPair(pair.Prompt, pair.Rejected, pair.Chosen))];
        if (of is null) return trainer.Train(SmallPolicy.Pairs, heldOut, recorder);
        Assert.Throws<OperationCanceledException>(() => trainer.Train(SmallPolicy.Pairs, heldOut, new StopAfter(steps, stop), stop.Token));
        return null!;
    }

    private sealed class StopAfter(int steps, CancellationTokenSource stop) : IObserver<RunEvent>
    {
        public void OnNext(RunEvent value)
        {
            if (value is TrainingStep step && step.Step == steps) stop.Cancel();
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    /// <summary>DPO whose loss is NaN at one call.</summary>
    private sealed class BrokenOnce(int brokenCall) : PairLoss
    {
        private readonly DpoLoss inner = new();
        private int calls;

        public override PairLossOutput forward(PairLogProbs input1, PairLogProbs input2)
        {
            var output = inner.call(input1, input2);
            return ++calls == brokenCall ? output with { PerPair = output.PerPair * double.NaN } : output;
        }
    }
}
