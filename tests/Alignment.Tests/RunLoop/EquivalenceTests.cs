using Alignment.Models;
using Alignment.Tests.Runs;
using Alignment.Training;

namespace Alignment.Tests.RunLoop;

/// <summary>Settings that may change memory and time of a run and nothing else: the same steps, whole runs long, for each trainer.</summary>
public sealed class EquivalenceTests
{
    private const double Near64 = 1e-6;   // float64; sums are taken in another order, and AdamW's first steps magnify that

    private static readonly RunOptions Whole = new() { MaxSteps = 4, BatchSize = 8, Shuffle = false };

    public static TheoryData<string> Trainers => ["sft", "reward", "dpo", "kto"];

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Batches_of_one_or_of_three_that_accumulate_equal_one_batch(string trainer)
    {
        var whole = Run(trainer, Whole);
        Equal(whole, Run(trainer, Whole with { BatchSize = 1, GradientAccumulationSteps = 8 }));
        Equal(whole, Run(trainer, Whole with { BatchSize = 3, GradientAccumulationSteps = 3 }, rows: 8));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Weighted_rows_weigh_the_same_however_they_are_batched(string trainer) =>
        Equal(Run(trainer, Whole, weights: true), Run(trainer, Whole with { BatchSize = 2, GradientAccumulationSteps = 4 }, weights: true));

    [Theory]
    [InlineData("sft")]
    [InlineData("reward")]
    [InlineData("dpo")]   // for KTO, the order of the data decides which responses are mismatched
    public void The_order_of_rows_within_a_step_makes_no_difference(string trainer) => Equal(Run(trainer, Whole), Run(trainer, Whole, reversed: true));

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Layers_that_are_computed_twice_give_the_same_bits(string trainer)
    {
        var (plain, checkpointed) = (Run(trainer, Whole), Run(trainer, Whole with { GradientCheckpointing = true }));
        Assert.Equal(plain.Bits, checkpointed.Bits);
        Assert.Equal(plain.Steps.Select(step => step.Loss), checkpointed.Steps.Select(step => step.Loss));
    }

    [Theory]
    [MemberData(nameof(Trainers))]
    public void Trying_the_longest_batch_and_measuring_changes_nothing(string trainer)
    {
        var plain = Run(trainer, Whole with { Batches = new BatchOptions { TriesLongestFirst = false }, SelfChecks = false });
        Assert.Equal(plain.Bits, Run(trainer, Whole with { Evaluation = new EvaluationOptions { EvalSteps = 1, EvalOnStart = true } }).Bits);
    }

    [Theory]
    [InlineData("dpo")]
    [InlineData("kto")]
    public void A_cached_reference_gives_the_steps_of_the_model_it_came_from(string trainer) => Equal(Run(trainer, Whole), Run(trainer, Whole, cached: true), 1e-5);   // kept in float32

    [Theory]
    [InlineData("dpo")]
    [InlineData("kto")]
    public void The_base_under_an_adapter_is_the_reference_that_a_frozen_copy_of_it_is(string trainer)
    {
        var (own, copy) = (Run(trainer, Whole, rank: 2), Run(trainer, Whole, rank: 2, frozen: true));
        Assert.Equal(copy.Steps.Select(step => step.Loss), own.Steps.Select(step => step.Loss));
        Assert.Equal(copy.Bits, own.Bits);
    }

    private static void Equal(Outcome a, Outcome b, double tolerance = Near64)
    {
        Assert.Equal(4, a.Steps.Count);
        Assert.Equal(a.Steps.Count, b.Steps.Count);
        foreach (var (one, other) in a.Steps.Zip(b.Steps))
        {
            Near.Equal(one.Loss, other.Loss, tolerance);
            Near.Equal(one.GradientNorm, other.GradientNorm, tolerance);
            // Where policy and reference are equal, the last bit decides who wins.
            foreach (var (metric, same) in one.Metrics.Zip(other.Metrics).Where(pair => pair.First.Name != "tokens_per_second" && (one.Step > 1 || pair.First.Name != "rewards/accuracies")))
            {
                Assert.Equal(metric.Name, same.Name);
                Near.Equal(metric.Value, same.Value, tolerance);
            }
        }
        Assert.True(a.Steps[0].Loss != a.Steps[^1].Loss, "Nothing was learnt.");
    }

    private static Outcome Run(string trainer, RunOptions run, int rows = 8, bool weights = false, bool reversed = false, bool cached = false, int rank = 0, bool frozen = false)
    {
        using var model = DecoderModel.FromScratch(SmallPolicy.New().Config with { Layers = 2 }, 3);
        using var start = model.Copy();
        if (rank > 0) model.Adapters.Add("policy", new LoraOptions { Rank = rank }, 1);
        var optimizer = new OptimizerOptions { LearningRate = 1e-3 };
        var pairs = Ordered(SmallPolicy.Pairs.Take(rows).Select((pair, i) => new TokenizedPair(pair.Prompt, pair.Chosen, pair.Rejected) { Weight = weights ? i / 4.0 : null }));
        var recorder = new Recorder<TrainingStep>();
        switch (trainer)
        {
            case "sft":
                TokenizedExample[] examples = [.. pairs.Select(pair => new TokenizedExample(pair.Prompt, pair.Chosen) { Weight = pair.Weight })];
                new SftTrainer(model, new SftOptions { Run = run, Optimizer = optimizer }).Train(examples, examples[..3], recorder);
                break;
            case "reward":
                using (var rewards = DecoderRewardModel.FromLanguageModel(model, 4))
                {
                    new RewardTrainer(rewards, new RewardOptions { Run = run, Optimizer = optimizer }).Train(pairs, pairs[..3], recorder);
                    return new Outcome(recorder.Steps, SmallPolicy.Bits(rewards));
                }
            case "dpo":
                var reference = cached ? ReferencePolicy.Cached(ReferenceLogProbs.Compute(start, pairs)) : Reference();
                new DpoTrainer(model, reference, new DpoOptions { Run = run, Optimizer = optimizer }).Train(pairs, pairs[..3], recorder);
                break;
            default:
                var responses = Ordered(SmallPolicy.Responses.Take(rows).Select((row, i) => new TokenizedResponse(row.Prompt, row.Response, row.IsDesirable) { Weight = weights ? i / 4.0 : null }));
                var kept = cached ? ReferencePolicy.Cached(ReferenceLogProbs.Compute(start, responses, run.RowsPerStep).With(ReferenceLogProbs.Compute(start, responses[..3], run.RowsPerStep))) : Reference();
                new KtoTrainer(model, kept, new KtoOptions { Run = run, Optimizer = optimizer }).Train(responses, responses[..3], recorder);
                break;
        }
        return new Outcome(recorder.Steps, SmallPolicy.Bits(model));

        ReferencePolicy Reference() => rank > 0 && !frozen ? ReferencePolicy.BaseOf(model) : ReferencePolicy.Frozen(start);

        TRow[] Ordered<TRow>(IEnumerable<TRow> all) => reversed ? [.. all.Reverse()] : [.. all];
    }

    private sealed record Outcome(List<TrainingStep> Steps, string[] Bits);
}
