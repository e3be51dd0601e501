using System.Collections.Concurrent;
using Alignment.Models;
using Alignment.Tests.RunLoop;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

public sealed class RewardSourceTests
{
    private static readonly SampledResponse[] Responses =
        [.. Enumerable.Range(0, 6).Select(i => new SampledResponse { Prompt = [1 + i], Ids = [.. Enumerable.Range(3, i + 1)], HasEnded = true, Place = i, PromptId = i == 4 ? "q-17" : null })];

    [Fact]
    public void A_reward_model_scores_each_response_as_alone_whatever_the_batch()
    {
        using var language = SmallPolicy.New();
        using var model = DecoderRewardModel.FromLanguageModel(language, seed: 3);
        model.train();
        var alone = Responses.Select(response => RewardSource.Of(model, 1).Score([response]).Totals[0]).ToArray();
        Near.Equal(alone, RewardSource.Of(model, 4).Score(Responses).Totals, 1e-12);
        Assert.True(model.training);
        foreach (var (response, score) in Responses.Zip(alone))   // read at the last token of the response
        {
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of([new TokenizedExample(response.Prompt, response.Ids)]);
            Near.Equal(TensorAssert.Doubles(model.Head.Scores(model.Backbone.Hidden(layout), layout))[0], score, 1e-12);
        }
    }

    [Fact]
    public void Several_sources_add_up_by_weight_and_keep_their_names()
    {
        var sum = RewardSource.Sum(new RewardPart("length", -0.5, RewardSource.Of(r => r.Ids.Count)), new RewardPart("first", 2, RewardSource.Of(r => r.Ids[0])));
        var scores = sum.Score(Responses);
        Assert.Equal(Responses.Select(r => -0.5 * r.Ids.Count + 6), scores.Totals);
        Assert.Equal(["length", "first"], scores.Parts.Keys);
        Assert.Equal(Responses.Select(r => (double)r.Ids.Count), scores.Parts["length"]);   // before it is weighted
        Assert.Equal("-0.5 length (a function) + 2 first (a function)", sum.Identity);
        Assert.Equal("Each source must have a name of its own; 'a' is there twice. (Parameter 'parts')", Assert.Throws<ArgumentException>(
            () => RewardSource.Sum(new RewardPart("a", 1, RewardSource.Of(_ => 0)), new RewardPart("a", 1, RewardSource.Of(_ => 0)))).Message);
    }

    [Fact]
    public void A_score_that_is_not_finite_names_its_response()
    {
        Assert.Equal("Scores must be finite numbers; the score of sample 0 of prompt q-17 was NaN.",
            Assert.Throws<TrainingException>(() => RewardSource.Of(r => r.Place == 4 ? double.NaN : 0).Checked(Responses)).Message);
        Assert.Equal("Scores must be finite numbers; the score of sample 0 of prompt 2 of the data was Infinity.",
            Assert.Throws<TrainingException>(() => RewardSource.Sum(new RewardPart("a", 1, RewardSource.Of(r => r.Place == 2 ? double.PositiveInfinity : 0))).Checked(Responses)).Message);
        Assert.Equal("A reward source must give a score for each of the 6 responses; it gave 1.", Assert.Throws<TrainingException>(() => new OneScore().Checked(Responses)).Message);
    }

    [Fact]
    public void A_judge_is_asked_a_few_at_a_time_and_again_after_waits_that_double()
    {
        var time = new QuickTime(TimeSpan.FromSeconds(9));
        var (now, most) = (0, 0);
        var calls = new ConcurrentDictionary<int, int>();
        var judge = RewardSource.Judge(
            async (response, token) =>
            {
                var running = Interlocked.Increment(ref now);
                InterlockedMax(ref most, running);
                await Task.Delay(5, token);
                Interlocked.Decrement(ref now);
                return calls.AddOrUpdate(response.Place, 1, (_, n) => n + 1) < 4 && response.Place == 3 ? throw new HttpRequestException("busy") : response.Place * 0.5;
            },
            new JudgeOptions { Concurrency = 2, Attempts = 4, FirstWait = TimeSpan.FromSeconds(2), LongestWait = TimeSpan.FromSeconds(6) },
            time);
        Assert.Equal(Responses.Select(r => r.Place * 0.5), judge.Score(Responses).Totals);
        Assert.Equal(2, most);
        Assert.Equal(4, calls[3]);
        Assert.All(calls.Where(call => call.Key != 3), call => Assert.Equal(1, call.Value));
        // 2, 4 and then 6 seconds at most, half of each by chance.
        Assert.Collection(time.Waits, one => Within(one, 1, 2), two => Within(two, 2, 4), three => Within(three, 3, 6));
        Assert.NotEqual(0.5, time.Waits[0] / time.Waits[1], 3);

        static void Within(TimeSpan wait, double least, double largest) => Assert.InRange(wait.TotalSeconds, least, largest);
    }

    [Fact]
    public void A_judge_that_stays_silent_is_given_up_with_the_prompt_named_and_not_quoted()
    {
        var responses = Responses.Select(r => r with { PromptText = "my secret", Text = "answer" }).ToArray();
        var judge = RewardSource.Judge(
            (response, _) => response.Place == 4 ? new TaskCompletionSource<double>().Task : Task.FromResult(1.0),
            new JudgeOptions { Timeout = TimeSpan.FromSeconds(3), Attempts = 2 },
            new QuickTime(TimeSpan.FromSeconds(3)));
        var error = Assert.Throws<RewardException>(() => OneError(() => judge.Score(responses)));
        Assert.Equal("The judge gave no score for sample 0 of prompt q-17 in 2 attempts. The last one ended with: No score came within 3 seconds.", error.Message);
        Assert.Equal(4, error.Response!.Place);
        Assert.IsType<TimeoutException>(error.InnerException);
    }

    [Fact]
    public void Cancelling_ends_a_judge_at_once_and_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var judge = RewardSource.Judge(async (_, token) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        });
        Assert.ThrowsAny<OperationCanceledException>(() => judge.Score(Responses, stop.Token));
    }

    private static void OneError(Action action) => action();

    private static void InterlockedMax(ref int most, int value)
    {
        int before;
        while ((before = most) < value && Interlocked.CompareExchange(ref most, value, before) != before) { }
    }

    private sealed class OneScore : RewardSource
    {
        public override RewardScores Score(IReadOnlyList<SampledResponse> responses, CancellationToken cancellationToken = default) => new([1]);
    }
}
