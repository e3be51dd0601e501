using Alignment.Models;
using Alignment.Tests.Generation;
using Alignment.Tests.Runs;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.RunLoop;

/// <summary>What a run does before its first step, and a run that does no more.</summary>
public sealed class DryRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Recorder<DpoStep> _recorder = new();

    [Fact]
    public void A_dry_run_checks_counts_and_tries_and_changes_nothing()
    {
        using var policy = SmallPolicy.New();
        var before = SmallPolicy.Bits(policy);
        var result = Train(policy, new RunOptions
        {
            DryRun = true,
            Tokenizer = new ByteTokenizer(),
            Evaluation = new EvaluationOptions { EvalOnStart = true },
            Checkpoints = new CheckpointOptions { Folder = _folder.File("checkpoints") },
        });
        Assert.Equal(["RunStarted", "FirstRow", "MemoryEstimated", "LongestBatchTried", "RunEnded"], _recorder.Events.Select(value => value.GetType().Name));
        Assert.Equal((RunEnd.DryRun, 0), (result.Reason, result.Steps));
        Assert.Equal(before, SmallPolicy.Bits(policy));
        Assert.False(Directory.Exists(_folder.File("checkpoints")));
        Assert.True(_recorder.Completed);
    }

    [Fact]
    public void The_first_row_is_shown_as_it_is_trained()
    {
        using var policy = SmallPolicy.New();
        Train(policy, new RunOptions { DryRun = true, Tokenizer = new ByteTokenizer() });
        Assert.Equal("chosen: \u0001\u0002\u0003⟦\u0004\u0005\u0002⟧\nrejected: \u0001\u0002\u0003⟦\u0006\u0002⟧", _recorder.Events.OfType<FirstRow>().Single().Preview.ToString());
    }

    [Fact]
    public void The_model_is_measured_before_the_first_step_where_asked_for()
    {
        using var policy = SmallPolicy.New();
        Train(policy, new RunOptions { MaxSteps = 2, Evaluation = new EvaluationOptions { EvalOnStart = true, Answers = new AnswerOptions { Count = 1, MaxNewTokens = 2, StopIds = [2] } }, Tokenizer = new ByteTokenizer() });
        var evaluations = _recorder.Events.OfType<EvaluationDone>().ToList();
        Assert.Equal([0, 2], evaluations.Select(evaluation => evaluation.Step));
        Near.Equal(Math.Log(2), evaluations[0].Metrics.Single(metric => metric.Name == "eval/loss").Value, 1e-12);   // policy and reference are equal
        Assert.All(evaluations, evaluation => Assert.Equal("\u0001\u0002\u0003", Assert.Single(evaluation.Answers).Prompt));
        Assert.True(_recorder.Events.FindIndex(value => value is EvaluationDone) < _recorder.Events.FindIndex(value => value is TrainingStep));
    }

    [Theory]
    [InlineData(true, ScalarType.Float32, "Run.Bf16 is true, so the model's weights must be BFloat16; they are Float32. Load the model with the type that it is to compute in.")]
    [InlineData(true, ScalarType.Float16, "Run.Bf16 is true, so the model's weights must be BFloat16; they are Float16. Load the model with the type that it is to compute in.")]
    [InlineData(false, ScalarType.BFloat16, "Run.Bf16 is false, so the model's weights must not be BFloat16; they are BFloat16. Load the model with the type that it is to compute in.")]
    public void A_model_of_another_type_than_the_options_say_is_refused(bool bf16, ScalarType type, string message)
    {
        using var policy = SmallPolicy.New(type);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Train(policy, new RunOptions { Bf16 = bf16 })).Message);
        Assert.Empty(_recorder.Events);
    }

    [Theory]
    [InlineData(true, ScalarType.BFloat16)]
    [InlineData(false, ScalarType.Float32)]
    [InlineData(null, ScalarType.BFloat16)]
    public void A_model_of_the_type_that_the_options_say_is_trained(bool? bf16, ScalarType type)
    {
        using var policy = SmallPolicy.New(type);
        policy.Adapters.Add("policy", new LoraOptions { Rank = 2 }, 1);   // float32 on every base
        new DpoTrainer(policy, ReferencePolicy.BaseOf(policy), new DpoOptions { Run = new RunOptions { Bf16 = bf16, MaxSteps = 1 } }).Train(SmallPolicy.Pairs, observer: _recorder);
        Assert.Single(_recorder.Steps);
    }

    public void Dispose() => _folder.Dispose();

    private RunResult Train(DecoderModel policy, RunOptions run)
    {
        using var start = policy.Copy();
        return new DpoTrainer(policy, ReferencePolicy.Frozen(start), new DpoOptions { Run = run }).Train(SmallPolicy.Pairs, SmallPolicy.Pairs[..2], _recorder);
    }
}
