using Alignment.Models;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.RunLoop;

/// <summary>A reference that follows the policy (TR-DPO).</summary>
public sealed class ReferenceSyncTests : IDisposable
{
    private static readonly ReferenceSyncOptions EveryTwo = new() { Steps = 2, MixupAlpha = 0.6 };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_reference_is_mixed_with_the_policy_every_so_many_steps()
    {
        using var policy = SmallPolicy.New();
        using var reference = policy.Copy();
        using var start = policy.Copy();
        var weights = new List<double[][]>();
        Train(policy, reference, new RunOptions { MaxSteps = 5, BatchSize = 4 }, new EachStep(() => weights.Add(Numbers(policy))));
        // After steps 2 and 4, and not after 5: 0.6 π4 + 0.4 (0.6 π2 + 0.4 start).
        var expected = Numbers(start).Zip(weights[1], weights[3])
            .Select(entry => entry.First.Zip(entry.Second, entry.Third).Select(x => 0.6 * x.Third + 0.4 * (0.6 * x.Second + 0.4 * x.First)).ToArray());
        foreach (var (mixed, own) in expected.Zip(Numbers(reference)))
        {
            foreach (var (a, b) in mixed.Zip(own)) Near.Equal(a, b, 1e-14);
        }
    }

    [Fact]
    public void With_a_share_of_1_the_reference_is_the_policy_of_that_step()
    {
        using var policy = SmallPolicy.New();
        using var reference = policy.Copy();
        Train(policy, reference, new RunOptions { MaxSteps = 4 }, sync: new ReferenceSyncOptions { Steps = 4, MixupAlpha = 1 });
        Assert.Equal(SmallPolicy.Bits(policy), SmallPolicy.Bits(reference));
    }

    [Fact]
    public void A_run_that_goes_on_has_the_reference_of_its_checkpoint()
    {
        using var whole = SmallPolicy.New();
        using var wholeReference = whole.Copy();
        Train(whole, wholeReference, new RunOptions { MaxSteps = 7, BatchSize = 4 });

        using var stop = new CancellationTokenSource();
        using var first = SmallPolicy.New();
        using var firstReference = first.Copy();
        var steps = 0;
        var run = new RunOptions { MaxSteps = 7, BatchSize = 4, Checkpoints = new CheckpointOptions { Folder = _folder.File("checkpoints") } };
        Assert.Throws<OperationCanceledException>(() => Train(first, firstReference, run, new EachStep(() => { if (++steps == 3) stop.Cancel(); }), cancellationToken: stop.Token));
        using var second = SmallPolicy.New();
        using var secondReference = second.Copy();
        Train(second, secondReference, run);
        Assert.Equal(SmallPolicy.Bits(whole), SmallPolicy.Bits(second));
        Assert.Equal(SmallPolicy.Bits(wholeReference), SmallPolicy.Bits(secondReference));
    }

    [Fact]
    public void Only_a_frozen_model_of_the_same_architecture_can_follow()
    {
        using var policy = SmallPolicy.New();
        using var small = DecoderModel.FromScratch(policy.Config with { HiddenSize = 8, Attention = new AttentionConfig { Heads = 1 } }, 1);
        var options = new DpoOptions { ReferenceSync = EveryTwo };
        Assert.Equal(
            "ReferenceSync needs a frozen reference of the policy's own architecture; it has no model.embed_tokens.weight of the policy's shape.",
            Assert.Throws<ArgumentException>(() => new DpoTrainer(policy, ReferencePolicy.Frozen(small), options)).Message);
        Assert.StartsWith(
            "ReferenceSync needs a frozen reference, whose weights can follow the policy's; this one is kept log-probabilities",
            Assert.Throws<ArgumentException>(() => new DpoTrainer(policy, ReferencePolicy.Cached(new ReferenceLogProbs("a", "", [])), options)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "ReferenceSync needs a reference; there is none.",
            Assert.Throws<ArgumentException>(() => new DpoTrainer(policy, null, options with { Loss = new Losses.SimPoLoss() })).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Train(DecoderModel policy, DecoderModel reference, RunOptions run, IObserver<RunEvent>? observer = null, ReferenceSyncOptions? sync = null, CancellationToken cancellationToken = default) =>
        new DpoTrainer(policy, ReferencePolicy.Frozen(reference), new DpoOptions { Run = run, Optimizer = new OptimizerOptions { LearningRate = 1e-2 }, ReferenceSync = sync ?? EveryTwo })
            .Train(SmallPolicy.Pairs, null, observer, cancellationToken);

    private static double[][] Numbers(nn.Module model) => [.. model.parameters().Select(parameter => parameter.detach().data<double>().ToArray())];

    private sealed class EachStep(Action act) : IObserver<RunEvent>
    {
        public void OnNext(RunEvent value)
        {
            if (value is TrainingStep) act();
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
