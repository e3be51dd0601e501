using Alignment.Losses;
using Alignment.Tests.Runs;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.RunLoop;

/// <summary>What a run looks at before its first step, and what it says.</summary>
public sealed class RunChecksTests
{
    [Fact]
    public void A_reference_that_is_another_model_is_found_before_the_first_step()
    {
        using var policy = SmallPolicy.New(seed: 1);
        using var other = SmallPolicy.New(seed: 2);
        var before = SmallPolicy.Bits(policy);
        var error = Assert.Throws<TrainingException>(() => new DpoTrainer(policy, ReferencePolicy.Frozen(other), new DpoOptions { Run = new RunOptions { Shuffle = false } }).Train(SmallPolicy.Pairs));
        Assert.Matches(
            @"^Policy and reference must agree before the first step; for pair \d of the data they differ by \d+\.\d+ nats\. The reference should be the model that training starts from: the base under new adapters, or a frozen copy\. Where another reference is meant, set Run\.SelfChecks to false\.$",
            error.Message);
        Assert.Equal(before, SmallPolicy.Bits(policy));
    }

    [Fact]
    public void Kept_numbers_of_another_model_are_found_too_and_those_of_this_one_pass()
    {
        using var policy = SmallPolicy.New(seed: 1);
        using var other = SmallPolicy.New(seed: 2);
        var stale = ReferenceLogProbs.Compute(other, SmallPolicy.Pairs);
        Assert.StartsWith("Policy and reference must agree", Assert.Throws<TrainingException>(() => Train(policy, ReferencePolicy.Cached(stale))).Message, StringComparison.Ordinal);
        Assert.StartsWith("The reference's kept log-probabilities differ by", Assert.Throws<TrainingException>(() => stale.Verify(policy, SmallPolicy.Pairs)).Message, StringComparison.Ordinal);
        var own = ReferenceLogProbs.Compute(policy, SmallPolicy.Pairs, batchSize: 3);
        own.Verify(policy, SmallPolicy.Pairs);
        Train(policy, ReferencePolicy.Cached(own));
    }

    [Fact]
    public void Kept_numbers_of_two_sets_of_rows_can_be_put_together()
    {
        using var policy = SmallPolicy.New(seed: 1);
        using var other = SmallPolicy.New(seed: 2);
        var (some, rest) = (ReferenceLogProbs.Compute(policy, SmallPolicy.Pairs[..5]), ReferenceLogProbs.Compute(policy, SmallPolicy.Pairs[3..]));
        some.With(rest).Verify(policy, SmallPolicy.Pairs);
        Assert.Equal(16, some.With(rest).Count);
        Assert.StartsWith("Both must be of one model and one tokenizer.", Assert.Throws<ArgumentException>(() => some.With(ReferenceLogProbs.Compute(other, SmallPolicy.Pairs))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_was_not_kept_is_an_error()
    {
        using var policy = SmallPolicy.New();
        var some = ReferenceLogProbs.Compute(policy, SmallPolicy.Pairs[..3]);
        var error = Assert.Throws<TrainingException>(() => Train(policy, ReferencePolicy.Cached(some)));
        Assert.Matches(@"^The reference's kept log-probabilities have none for sequence \d of a batch: they were computed for other rows, or with another tokenizer\. Compute them again\.$", error.Message);
    }

    [Fact]
    public void A_trained_weight_that_no_gradient_reaches_is_named()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        policy.register_parameter("spare", new TorchSharp.Modules.Parameter(zeros(3, dtype: ScalarType.Float64)));
        var error = Assert.Throws<TrainingException>(() => Train(policy, ReferencePolicy.Frozen(start)));
        Assert.Equal("Every trained weight must get a gradient; 1 got none: spare. Freeze what the loss does not reach (requires_grad_(false)).", error.Message);
    }

    [Fact]
    public void A_learning_rate_fit_for_fine_tuning_is_warned_of_once()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var recorder = new Recorder<DpoStep>();
        new DpoTrainer(policy, ReferencePolicy.Frozen(start), new DpoOptions { Optimizer = new OptimizerOptions { LearningRate = 2e-5 } }).Train(SmallPolicy.Pairs, null, recorder);
        var warning = Assert.Single(recorder.Events.OfType<RunWarning>());
        Assert.Equal("learning-rate-high", warning.Code);
        Assert.Equal(
            "LearningRate 2e-5 is above 2e-6, a tenth of what supervised fine-tuning of all weights takes. Alignment at such rates tends to push the log-probabilities of both responses down; watch logps/chosen.",
            warning.Message);

        var quiet = new Recorder<DpoStep>();
        using var again = SmallPolicy.New();
        new DpoTrainer(again, ReferencePolicy.Frozen(start)).Train(SmallPolicy.Pairs, null, quiet);   // 5e-7
        Assert.Empty(quiet.Events.OfType<RunWarning>());
    }

    [Fact]
    public void Classes_out_of_balance_are_told_with_the_range_that_mends_it()
    {
        // 2 desirable, 6 undesirable, weights 1: 1/3. Between 1 and 4/3 with a desirable weight between 3 and 4.
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        TokenizedResponse[] rows = [.. SmallPolicy.Responses.Select((row, i) => new TokenizedResponse(row.Prompt, row.Response, i < 2))];
        var recorder = new Recorder<KtoStep>();
        new KtoTrainer(policy, ReferencePolicy.Frozen(start)).Train(rows, null, recorder);
        var warning = Assert.Single(recorder.Events.OfType<RunWarning>());
        Assert.Equal(
            "DesirableWeight x 2 / (UndesirableWeight x 6) is 0.333; KTO's authors keep it between 1 and 4/3. With UndesirableWeight 1 that is a DesirableWeight between 3 and 4.",
            warning.Message);

        using var balanced = SmallPolicy.New();
        var quiet = new Recorder<KtoStep>();
        new KtoTrainer(balanced, ReferencePolicy.Frozen(start), new KtoOptions { Loss = new KtoLoss { DesirableWeight = 3.5 } }).Train(rows, null, quiet);
        Assert.Empty(quiet.Events.OfType<RunWarning>());
    }

    [Fact]
    public void KTO_refuses_steps_of_one_row()
    {
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var error = Assert.Throws<ArgumentException>(() => new KtoTrainer(policy, ReferencePolicy.Frozen(start), new KtoOptions { Run = new RunOptions { BatchSize = 1 } }));
        Assert.StartsWith("KtoLoss estimates its KL from the other rows of a step: BatchSize times GradientAccumulationSteps must be at least 2.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KTO_cuts_the_response_of_another_row_where_the_model_has_no_room_for_it()
    {
        // 24 positions: 20 + 2 and 1 + 15 tokens fit. For the KL, the long prompt takes 4 of the other's 15 tokens and the short one both of the other's 2.
        TokenizedResponse[] rows = [new(Ids(20), Ids(2), true), new(Ids(1), Ids(15), false)];
        using var policy = SmallPolicy.New();
        using var start = policy.Copy();
        var kept = ReferenceLogProbs.Compute(start, rows, rowsPerStep: 2);
        Assert.Equal([2, 2, 4, 15], kept.Values.Select(entry => entry.Value.Length).Order());

        using var other = SmallPolicy.New();
        foreach (var (model, reference) in new[] { (policy, ReferencePolicy.Frozen(start)), (other, ReferencePolicy.Cached(kept)) })
            new KtoTrainer(model, reference, new KtoOptions { Run = new RunOptions { BatchSize = 2 } }).Train(rows, rows);

        static int[] Ids(int count) => [.. Enumerable.Range(3, count).Select(id => id % SmallPolicy.Vocabulary)];
    }

    [Fact]
    public void The_longest_batch_is_tried_and_changes_nothing()
    {
        using var tried = SmallPolicy.New();
        using var untried = SmallPolicy.New();
        TokenizedPair[] rows = [.. SmallPolicy.Pairs, new TokenizedPair([1, 2, 3, 4, 5, 6, 7], [8, 9, 2], [9, 9, 9, 2])];
        var (first, second) = (new Recorder<DpoStep>(), new Recorder<DpoStep>());
        Train(tried, rows, true, first);
        Train(untried, rows, false, second);
        var longest = Assert.Single(first.Events.OfType<LongestBatchTried>());
        Assert.Equal((2, 14 + 8), (longest.Rows, longest.Tokens));   // with its neighbour: 3 + 3 + 2 tokens
        Assert.True(longest.PeakBytes > 1 << 20);
        Assert.Empty(second.Events.OfType<LongestBatchTried>());
        Assert.Equal(SmallPolicy.Bits(untried), SmallPolicy.Bits(tried));

        static void Train(Models.DecoderModel model, TokenizedPair[] rows, bool tries, Recorder<DpoStep> recorder)
        {
            using var start = model.Copy();
            var run = new RunOptions { BatchSize = 2, Shuffle = false, Batches = new BatchOptions { TriesLongestFirst = tries } };
            // The last row comes last and alone; the one before it ends the batch before.
            new DpoTrainer(model, ReferencePolicy.Frozen(start), new DpoOptions { Run = run }).Train([rows[^1], .. rows[..^1]], null, recorder);
        }
    }

    private static void Train(Models.DecoderModel policy, ReferencePolicy reference) =>
        new DpoTrainer(policy, reference, new DpoOptions { Run = new RunOptions { BatchSize = 2 } }).Train(SmallPolicy.Pairs);
}
