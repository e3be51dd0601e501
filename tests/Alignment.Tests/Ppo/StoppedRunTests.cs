using Alignment.Tests.Runs;
using Alignment.Training;

namespace Alignment.Tests.Ppo;

/// <summary>Runs that are stopped, or left by their judge, while they wait for scores: at once, and with nothing lost.</summary>
public sealed class StoppedRunTests : IDisposable
{
    private const int Steps = 4;

    // What a judge takes that nobody stops.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_stop_while_an_iteration_is_scored_saves_the_one_before_which_ends_with_the_same_bits()
    {
        var expected = Whole();
        using var stop = new CancellationTokenSource();
        var (error, recorder) = Broken(judged: 2 * 12 + 5, async token =>
        {
            await stop.CancelAsync();
            await Task.Delay(Longest, token);
        }, evalSteps: Steps, stop.Token);
        Assert.IsType<OperationCanceledException>(error, exactMatch: false);
        Assert.Equal([1, 2], recorder.Steps.Select(step => step.Step));
        Assert.Equal((2, RunEnd.Interrupted), (Assert.Single(recorder.Events.OfType<CheckpointSaved>()).Step, Assert.IsType<RunEnded>(recorder.Events[^1]).Reason));
        Assert.Equal(expected, GoesOn(evalSteps: Steps, out _));
    }

    [Fact]
    public void A_stop_while_an_iteration_is_sampled_asks_no_judge_any_more()
    {
        var expected = Whole();
        using var stop = new CancellationTokenSource();
        var (asked, recorder) = (0, new Recorder<PpoStep>());
        using var models = TinyRun.Models(reward: RewardSource.Judge((response, _) =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(Count(response));
        }));
        var tokenizer = new StoppingTokenizer(asked: () => asked, after: 2 * 12, stop);
        Assert.Throws<OperationCanceledException>(() => Train(models, recorder, Steps, stop.Token, tokenizer));
        Assert.Equal((24, 2), (asked, Assert.Single(recorder.Events.OfType<CheckpointSaved>()).Step));
        Assert.Equal(expected, GoesOn(evalSteps: Steps, out _));
    }

    [Fact]
    public void A_stop_while_an_evaluation_is_scored_saves_the_step_and_the_run_that_goes_on_evaluates_it_first()
    {
        var expected = Whole(evalSteps: 2);
        var evaluations = Lines("evaluation");
        Fresh();
        using var stop = new CancellationTokenSource();
        var (error, recorder) = Broken(judged: 2 * 12 + 2, async token =>
        {
            await stop.CancelAsync();
            await Task.Delay(Longest, token);
        }, evalSteps: 2, stop.Token);
        Assert.IsType<OperationCanceledException>(error, exactMatch: false);
        Assert.Equal(2, Assert.Single(recorder.Events.OfType<CheckpointSaved>()).Step);
        Assert.Empty(recorder.Events.OfType<EvaluationDone>());

        Assert.Equal(expected, GoesOn(evalSteps: 2, out var rest));
        Assert.Equal([2, 4], rest.Events.OfType<EvaluationDone>().Select(done => done.Step));
        Assert.True(rest.Events.OfType<RunStarted>().Single().AwaitsEvaluation);
        Assert.IsType<EvaluationDone>(rest.Events.SkipWhile(value => value is RunStarted or ModelPartsTold).First());
        Assert.Equal(evaluations, Lines("evaluation"));
    }

    [Fact]
    public void A_judge_that_gives_up_ends_the_run_with_the_iteration_before_saved()
    {
        var expected = Whole();
        var (error, recorder) = Broken(judged: 3 * 12 + 1, _ => throw new HttpRequestException("The judge is away."), evalSteps: Steps);
        Assert.IsType<RewardException>(error);
        Assert.Same(error, recorder.Error);
        Assert.Equal(3, Assert.Single(recorder.Events.OfType<CheckpointSaved>()).Step);
        Assert.Equal(expected, GoesOn(evalSteps: Steps, out _));
    }

    public void Dispose() => folder.Dispose();

    private static double Count(SampledResponse response) => response.Ids.Count(id => id == TinyRun.Wanted);

    private void Fresh() => Directory.Delete(folder.File("run"), recursive: true);

    private string[] Lines(string kind) => [.. File.ReadLines(folder.File("run", "metrics.jsonl")).Where(line => line.Contains($"\"event\":\"{kind}\"", StringComparison.Ordinal))];

    private string[] Whole(int evalSteps = Steps)
    {
        var bits = GoesOn(evalSteps, out _);
        if (evalSteps == Steps) Fresh();
        return bits;
    }

    private string[] GoesOn(int evalSteps, out Recorder<PpoStep> recorder)
    {
        recorder = new();
        using var models = TinyRun.Models(reward: RewardSource.Judge((response, _) => Task.FromResult(Count(response))));
        Train(models, recorder, evalSteps, default);
        return [.. RunLoop.SmallPolicy.Bits(models.Policy), .. RunLoop.SmallPolicy.Bits(models.Value!)];
    }

    // A run whose judge does something else from one call on.
    private (Exception Error, Recorder<PpoStep> Recorder) Broken(int judged, Func<CancellationToken, Task> breaks, int evalSteps, CancellationToken stop = default)
    {
        var (calls, recorder) = (0, new Recorder<PpoStep>());
        using var models = TinyRun.Models(reward: RewardSource.Judge(async (response, token) =>
        {
            if (Interlocked.Increment(ref calls) >= judged) await breaks(token);
            return Count(response);
        }, new JudgeOptions { Attempts = 1 }));
        return (Assert.ThrowsAny<Exception>(() => Train(models, recorder, evalSteps, stop)), recorder);
    }

    private void Train(TinyModels models, Recorder<PpoStep> recorder, int evalSteps, CancellationToken stop, ITokenizer? tokenizer = null)
    {
        using var lines = new JsonlObserver(folder.File("run", "metrics.jsonl"));
        new PpoTrainer(models.All, new PpoOptions
        {
            Rollout = TinyRun.Rollout(),
            Run = new RunOptions
            {
                MaxSteps = Steps,
                BatchSize = 6,
                GradientAccumulationSteps = 2,
                Tokenizer = tokenizer,
                Evaluation = new EvaluationOptions { EvalSteps = evalSteps, Metric = "eval/reward", GreaterIsBetter = true },
                Checkpoints = new CheckpointOptions { Folder = folder.File("run", "checkpoints"), SaveSteps = 100 },
            },
            Optimizer = new OptimizerOptions { LearningRate = 1e-2, Epsilon = 1e-5 },
        }).Train(TinyRun.Prompts, TinyRun.Prompts[..5], RunObservers.All(recorder, lines), stop);
    }

    // Stops a run when the responses to the first of two batches of prompts are told as text.
    private sealed class StoppingTokenizer(Func<int> asked, int after, CancellationTokenSource stop) : ITokenizer
    {
        private readonly Generation.ByteTokenizer _bytes = new();

        public int VocabularySize => _bytes.VocabularySize;

        public int? BeginId => null;

        public int? EndId => _bytes.EndId;

        public int? PadId => null;

        public IReadOnlyList<int> Encode(string text) => _bytes.Encode(text);

        public IReadOnlyList<int> EncodeWithSpecialTokens(string text) => _bytes.Encode(text);

        public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false)
        {
            if (asked() == after) stop.Cancel();
            return _bytes.Decode(ids, skipSpecialTokens);
        }

        public int? IdOf(string token) => null;
    }
}
