using Alignment.Losses;
using Alignment.Models;
using Alignment.Tests.Runs;
using Alignment.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Life;

/// <summary>What a run owns, how it ends early, and that parts of a batch make the whole.</summary>
public sealed class TrainingLifeTests
{
    private static readonly TokenizedPair[] Pairs =
        [.. Enumerable.Range(0, 8).Select(i => new TokenizedPair([1 + i, 2, 3], [4, 5 + i, 2], [6 + i, 2]))];

    [Fact]
    public void Eight_batches_of_one_equal_one_batch_of_eight()
    {
        using var scope = NewDisposeScope();
        using var one = Small();
        using var eight = Small();
        var first = Train(one, new RunOptions { MaxSteps = 3, BatchSize = 8, Shuffle = false });
        var second = Train(eight, new RunOptions { MaxSteps = 3, BatchSize = 1, GradientAccumulationSteps = 8, Shuffle = false });
        foreach (var (a, b) in first.Zip(second))
        {
            Near.Equal(a.Loss, b.Loss, 1e-12);
            Near.Equal(a.GradientNorm, b.GradientNorm, 1e-12);
        }
        foreach (var (a, b) in one.parameters().Zip(eight.parameters())) TensorAssert.Near(a, b, 1e-9);
    }

    [Fact]
    public void A_run_leaves_no_tensor_behind_but_the_gradients_it_cleared()
    {
        using var model = Small();
        Train(model, new RunOptions { MaxSteps = 2, BatchSize = 4 });
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        Train(model, new RunOptions { MaxSteps = 30, BatchSize = 4 });
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Cancelling_ends_a_run_between_two_steps_and_tells_the_observer()
    {
        using var model = Small();
        using var reference = model.Copy();
        using var stop = new CancellationTokenSource();
        var recorder = new Stopping(stop);
        var trainer = new DpoTrainer(model, ReferencePolicy.Frozen(reference), new DpoOptions { Run = new RunOptions { MaxSteps = 9, BatchSize = 2 } });
        Assert.Throws<OperationCanceledException>(() => trainer.Train(Pairs, null, recorder, stop.Token));
        Assert.Equal(2, recorder.Steps);
        Assert.IsType<OperationCanceledException>(recorder.Error);
        Assert.False(model.training);
    }

    [Fact]
    public void A_loss_that_is_not_a_number_stops_the_run_and_leaves_the_weights()
    {
        using var model = Small();
        using var reference = model.Copy();
        var broken = model.parameters().First();
        using (no_grad()) broken.fill_(double.NaN);
        using var other = model.parameters().Last().clone();
        var trainer = new DpoTrainer(model, ReferencePolicy.Frozen(reference), new DpoOptions { Run = new RunOptions { BatchSize = 2 } });
        var error = Assert.Throws<TrainingException>(() => trainer.Train(Pairs));
        Assert.Matches(
            @"^The loss must be finite; it was NaN at step 1, rows \d, \d of the data\. The first layer that gives a number that is not finite is layers\.0\. A lower",
            error.Message);
        TensorAssert.Near(other, model.parameters().Last(), 0);
    }

    [Fact]
    public void A_policy_cannot_be_its_own_reference_and_a_reference_is_frozen()
    {
        using var model = Small();
        using var reference = model.Copy();
        Assert.Throws<ArgumentException>(() => new DpoTrainer(model, ReferencePolicy.Frozen(model)));
        ReferencePolicy.Frozen(reference);
        Assert.All(reference.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Fact]
    public void A_loss_without_a_reference_trains_without_one_and_no_other_does()
    {
        using var model = Small();
        var recorder = new Recorder<DpoStep>();
        new DpoTrainer(model, null, new DpoOptions { Loss = new SimPoLoss(), Run = new RunOptions { MaxSteps = 2, BatchSize = 4 } }).Train(Pairs, null, recorder);
        Assert.Equal(2, recorder.Steps.Count);
        var error = Assert.Throws<ArgumentException>(() => new DpoTrainer(model, null));
        Assert.StartsWith("DpoLoss needs a reference; only losses without one take null.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_sums_tokens_in_its_own_way_is_asked_to()
    {
        // With α = 0 only as many tokens count as the shorter response has, so an equal reference still gives ln 2 and other log-probabilities.
        using var plain = Small();
        using var desensitized = Small();
        var usual = First(plain, new DpoLoss());
        var shorter = First(desensitized, new LengthDesensitizedLoss { Alpha = 0 });
        Near.Equal(Math.Log(2), shorter.Loss, 1e-12);
        Near.Equal(usual.RejectedLogProb, shorter.RejectedLogProb, 1e-12);
        Assert.True(shorter.ChosenLogProb > usual.ChosenLogProb);
    }

    [Fact]
    public void Steps_too_small_for_bfloat16_add_up_in_float32_masters()
    {
        using var model = Small(ScalarType.BFloat16);
        using var before = model.parameters().Last().clone();
        // One step of 1e-4 on a norm weight of 1 is lost in bfloat16, whose step there is 2^-7; 200 of them are not.
        Train(model, new RunOptions { MaxSteps = 200, BatchSize = 8 }, rate: 1e-4);
        Assert.False(before.allclose(model.parameters().Last()));
        Assert.Equal(ScalarType.BFloat16, model.parameters().Last().dtype);
    }

    private static DpoStep First(DecoderModel model, PairLoss loss)
    {
        using var reference = model.Copy();
        var recorder = new Recorder<DpoStep>();
        new DpoTrainer(model, ReferencePolicy.Frozen(reference), new DpoOptions { Loss = loss, Run = new RunOptions { MaxSteps = 1 } }).Train(Pairs, null, recorder);
        return recorder.Steps[0];
    }

    private static List<DpoStep> Train(DecoderModel model, RunOptions run, double rate = 1e-3)
    {
        using var reference = model.Copy();
        var recorder = new Recorder<DpoStep>();
        var options = new DpoOptions { Run = run, Optimizer = new OptimizerOptions { LearningRate = rate, Schedule = LearningRateSchedule.Constant } };
        new DpoTrainer(model, ReferencePolicy.Frozen(reference), options).Train(Pairs, null, recorder);
        return recorder.Steps;
    }

    private static DecoderModel Small(ScalarType type = ScalarType.Float64) => DecoderModel.FromScratch(
        new DecoderConfig
        {
            VocabularySize = 20,
            HiddenSize = 16,
            IntermediateSize = 24,
            Layers = 1,
            Attention = new AttentionConfig { Heads = 2 },
            MaxPositions = 16,
            InitializerRange = 0.2,
            DataType = type,
        },
        seed: 5);

    private sealed class Stopping(CancellationTokenSource stop) : IObserver<RunEvent>
    {
        public int Steps { get; private set; }

        public Exception? Error { get; private set; }

        public void OnNext(RunEvent value)
        {
            if (value is TrainingStep && ++Steps == 2) stop.Cancel();
        }

        public void OnCompleted() { }

        public void OnError(Exception error) => Error = error;
    }
}
