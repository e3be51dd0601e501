using Alignment.Training;

namespace Alignment.Tests.Observers;

/// <summary>Events by hand.</summary>
internal static class RunEvents
{
    public static RunStarted Started(int step = 0, int loggingSteps = 2, int totalSteps = 4) => new()
    {
        Step = step,
        Method = "SFT",
        TotalSteps = totalSteps,
        Rows = 16,
        HeldOutRows = 2,
        TrainedParameters = 1_000,
        Parameters = 25_000,
        LoggingSteps = loggingSteps,
        Settings = new Dictionary<string, string> { ["Run.Seed"] = "42", ["Optimizer.LearningRate"] = "2E-05" },
    };

    public static SftStep Step(int step, double loss, int tokens = 100, double tokensPerSecond = 50, double gradientNorm = 2, double learningRate = 2e-5) => new()
    {
        Step = step,
        Epoch = step / 4.0,
        Loss = loss,
        GradientNorm = gradientNorm,
        LearningRate = learningRate,
        Tokens = tokens,
        TokensPerSecond = tokensPerSecond,
    };

    /// <summary>A step on two responses, one of which is not worth a finite number.</summary>
    public static OnPolicyStep Responses(int step, double score) => new()
    {
        Step = step, Epoch = 0, Loss = 1, GradientNorm = 0, LearningRate = 0, Tokens = 0, Kl = 0, KlK1 = 0, KlK3 = 0, KlCoefficient = 0.1, Entropy = 1,
        NonScoreReward = 0, Score = 0, RawScore = 0, ScoreParts = [], PolicyLoss = 0, ApproxKl = 0, ClipFraction = 0, Ratio = 1, RatioVariance = 0, SamplerKl = 0,
        ResponseLength = 1, Ended = 2, Responses = 2, Repetition = 0, Updates = 1, StoppedEarly = false, RolloutTokensPerSecond = 1, UpdateTokensPerSecond = 1,
        Samples = [new ScoredSample("Why <i>?", $"since {step}", score), new ScoredSample("How?", "so\nand so", double.NegativeInfinity)],
    };

    public static EvaluationDone Evaluation(int step, double loss, params SampleAnswer[] answers) =>
        new() { Step = step, Metrics = [new("eval/loss", loss)], IsBest = true, Answers = answers };

    public static RunWarning Warning(int step) => new() { Step = step, Code = "learning-rate-high", Message = "The rate of 0.1 is \"high\"." };

    public static LongestBatchTried Tried() => new() { Step = 0, Rows = 8, Tokens = 4_096, PeakBytes = 2_500_000_000 };

    public static MemoryEstimated Memory() => new()
    {
        Step = 0,
        Estimate = new MemoryEstimate { Weights = 2_000_000_000, Gradients = 1_500_000, Optimizer = 3_000_000, Activations = 4_500, Reference = 0, Peak = 2_004_500_000 },
    };

    /// <summary>"ab" is read, "c" and the end are learnt.</summary>
    public static FirstRow Row() => new() { Step = 0, Preview = EncodingPreview.Of(new TokenizedExample([97, 98], [99, Generation.ByteTokenizer.End]), new Generation.ByteTokenizer()) };

    public static CheckpointSaved Saved(int step) => new() { Step = step, Folder = $"/runs/a/checkpoint-{step:000000}" };

    public static RunEnded Ended(int step, RunEnd reason = RunEnd.Completed) => new() { Step = step, Reason = reason, BestStep = null, Elapsed = TimeSpan.FromSeconds(90.5) };

    public static void Hear(this IObserver<RunEvent> observer, params IEnumerable<RunEvent> events)
    {
        foreach (var value in events) observer.OnNext(value);
    }
}
