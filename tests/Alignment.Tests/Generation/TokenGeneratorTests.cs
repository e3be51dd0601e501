using Alignment.Generation;
using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Generation;

public sealed class TokenGeneratorTests
{
    [Fact]
    public void Greedy_responses_end_at_a_stop_token_or_at_the_length()
    {
        using var model = FunctionModel.Saying(10, [7, 9, 8, 8], [5, 5, 5, 5], [6, 9, 9, 9]);
        var responses = new TokenGenerator(model).Generate([[0], [1], [2]], new GenerationOptions { MaxNewTokens = 3, StopIds = [9, 4] });
        Assert.Equal<int>([7, 9], responses[0].Ids);
        Assert.Equal<int>([5, 5, 5], responses[1].Ids);
        Assert.Equal<int>([6, 9], responses[2].Ids);
        Assert.Equal([FinishReason.StopToken, FinishReason.Length, FinishReason.StopToken], responses.Select(response => response.Finish));
        Assert.Equal([(0, 0), (1, 0), (2, 0)], responses.Select(response => (response.Prompt, response.Sample)));
        Assert.All(responses, response => Assert.All(response.SamplingLogProbs, logProb => Assert.Equal(0, logProb)));
        // One logit of 5 and nine of 0: 5 - ln(e⁵ + 9) = -0.05886.
        Assert.All(responses, response => Assert.All(response.LogProbs, logProb => Assert.Equal(5 - Math.Log(Math.Exp(5) + 9), logProb, 1e-6)));
    }

    [Fact]
    public void Rows_that_have_ended_are_not_computed_any_more()
    {
        using var model = FunctionModel.Saying(4, [3, 0, 0, 0], [1, 1, 3, 0], [1, 1, 1, 1], [3, 0, 0, 0]);
        new TokenGenerator(model).Generate([[0], [1], [2], [3]], new GenerationOptions { MaxNewTokens = 4, StopIds = [3] });
        Assert.Equal([4, 2, 2, 1], model.RowsOfSteps);   // and nothing after the last token
    }

    [Fact]
    public void A_response_does_not_depend_on_the_rest_of_the_batch()
    {
        // The next distribution depends on everything before: one other token anywhere changes all that follows.
        using var model = new FunctionModel(20, ids => [.. Enumerable.Range(0, 20).Select(v => MathF.Sin(ids.Select((id, t) => (id + 1) * (t + 2)).Sum() * 0.7f + v * v))]);
        var generator = new TokenGenerator(model);
        var options = new GenerationOptions { Sampling = new SamplingOptions { TopP = 0.9 }, MaxNewTokens = 30, StopIds = [3], Seed = 11, SamplesPerPrompt = 3 };
        var all = generator.Generate([[1, 2], [4], [5, 6, 7]], options);
        var others = generator.Generate([[1, 2], [9, 9, 9, 9], [2]], options);
        var few = generator.Generate([[1, 2]], options with { SamplesPerPrompt = 2 });
        for (var sample = 0; sample < 3; sample++) Equal(all[sample], others[sample]);
        for (var sample = 0; sample < 2; sample++) Equal(all[sample], few[sample]);
        Assert.Equal(9, all.Select(response => string.Join(' ', response.Ids)).Distinct().Count());
        Assert.NotEqual(all[0].Ids, generator.Generate([[1, 2]], options with { Seed = 12 })[0].Ids);
        Assert.True(all.Select(response => response.Ids.Count).Distinct().Count() > 2, "Rows leave at different times.");

        static void Equal(GeneratedResponse expected, GeneratedResponse actual)
        {
            Assert.Equal(expected.Ids, actual.Ids);
            Assert.Equal(expected.LogProbs, actual.LogProbs);
            Assert.Equal(expected.SamplingLogProbs, actual.SamplingLogProbs);
        }
    }

    [Fact]
    public void The_most_likely_tokens_of_each_place_are_those_of_the_model_whatever_is_drawn_from()
    {
        // Rows end at different times, so that places move within the batch.
        static float[] Logits(IReadOnlyList<int> ids) => [.. Enumerable.Range(0, 20).Select(v => MathF.Sin(ids.Select((id, t) => (id + 1) * (t + 2)).Sum() * 0.7f + v * v))];
        using var model = new FunctionModel(20, Logits);
        var options = new GenerationOptions { Sampling = new SamplingOptions { Temperature = 2, TopK = 9 }, RepetitionPenalty = 1.5, MaxNewTokens = 12, StopIds = [3], Seed = 11, SamplesPerPrompt = 2 };
        var plain = new TokenGenerator(model).Generate([[1, 2], [4]], options);
        var told = new TokenGenerator(model).Generate([[1, 2], [4]], options with { TopLogProbs = 4 });
        Assert.Equal(plain.Select(response => string.Join(' ', response.Ids)), told.Select(response => string.Join(' ', response.Ids)));
        Assert.All(plain, response => Assert.Empty(response.Likely));
        Assert.True(told.Select(response => response.Ids.Count).Distinct().Count() > 1);
        int[][] prompts = [[1, 2], [4]];
        foreach (var response in told)
            for (var t = 0; t < response.Ids.Count; t++)
            {
                var logits = Logits([.. prompts[response.Prompt], .. response.Ids.Take(t)]);
                var all = Math.Log(logits.Sum(logit => Math.Exp(logit)));
                var expected = Enumerable.Range(0, 20).OrderByDescending(id => logits[id]).Take(4).ToList();
                Assert.Equal(expected, response.Likely[t].Select(one => one.Id));
                foreach (var (id, logProb) in response.Likely[t]) Assert.Equal(logits[id] - all, logProb, 1e-5);
            }
        Assert.Equal(20, new TokenGenerator(model).Generate([[4]], new GenerationOptions { MaxNewTokens = 1, TopLogProbs = 30 })[0].Likely[0].Count);
    }

    [Fact]
    public void The_stream_gives_the_tokens_of_the_batch_step_by_step()
    {
        using var model = FunctionModel.Saying(10, [7, 9, 8], [5, 5, 5]);
        var options = new GenerationOptions { MaxNewTokens = 3, StopIds = [9] };
        var tokens = new TokenGenerator(model).Stream([[0], [1]], options).ToList();
        Assert.Equal([(0, 7), (1, 5), (0, 9), (1, 5), (1, 5)], tokens.Select(token => (token.Row, token.Id)));
        Assert.Equal([null, null, FinishReason.StopToken, null, FinishReason.Length], tokens.Select(token => token.Finish));
        Assert.All(tokens, token => Assert.Equal(5 - Math.Log(Math.Exp(5) + 9), token.LogProb, 1e-6));
    }

    [Fact]
    public void A_penalty_keeps_greedy_from_saying_the_same_again()
    {
        using var model = new FunctionModel(4, _ => [1, 4, 3, 2.5f]);
        var response = new TokenGenerator(model).Generate([[3]], new GenerationOptions { MaxNewTokens = 4, RepetitionPenalty = 2 }).Single();
        Assert.Equal<int>([1, 2, 1, 1], response.Ids);   // 4; then 2 against 3; then 2 against 1.5, 1 and 1.25 of the prompt's
        // Log-probabilities of the model know no penalty: 4 - ln(e¹ + e⁴ + e³ + e^2.5).
        var logSumExp = Math.Log(Math.Exp(1) + Math.Exp(4) + Math.Exp(3) + Math.Exp(2.5));
        Common.Near.Equal([4 - logSumExp, 3 - logSumExp, 4 - logSumExp, 4 - logSumExp], [.. response.LogProbs.Select(x => (double)x)], 1e-6);
    }

    [Fact]
    public void The_model_computes_in_evaluation_mode_and_keeps_its_mode()
    {
        using var model = FunctionModel.Saying(3, [1, 1, 1]);
        var part = nn.Linear(1, 1);
        model.register_module("part", part);
        model.train();
        part.eval();
        foreach (var _ in new TokenGenerator(model).Stream([[0]], new GenerationOptions { MaxNewTokens = 3 })) Assert.Equal((true, false), (model.training, part.training));
        Assert.False(model.WasTraining);
        Assert.True(is_grad_enabled());
        model.eval();
        part.train();
        new TokenGenerator(model).Generate([[0]], new GenerationOptions { MaxNewTokens = 2 });
        Assert.Equal((false, true), (model.training, part.training));
    }

    [Fact]
    public void Cancellation_throws_between_two_tokens_and_everything_is_freed()
    {
        using var model = FunctionModel.Saying(3, [1, 1, 1, 1]);
        var count = LiveTensors;
        using var stop = new CancellationTokenSource();
        var options = new GenerationOptions { MaxNewTokens = 4, Sampling = new SamplingOptions { TopK = 2 }, RepetitionPenalty = 1.1 };
        var tokens = new List<GeneratedToken>();
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (var token in new TokenGenerator(model).Stream([[0]], options, stop.Token))
            {
                tokens.Add(token);
                if (tokens.Count == 2) stop.Cancel();
            }
        });
        Assert.Equal(2, tokens.Count);
        Assert.Equal(count, LiveTensors);
        Assert.Throws<OperationCanceledException>(() => new TokenGenerator(model).Generate([[0]], options, stop.Token));
        Assert.Equal(count, LiveTensors);
    }

    [Fact]
    public void Nothing_lives_on_but_what_a_run_needs()
    {
        using var model = FunctionModel.Saying(3, [1, 1, 1, 1, 1], [2, 2, 2, 2, 2]);
        var count = LiveTensors;
        var options = new GenerationOptions { MaxNewTokens = 5, Sampling = new SamplingOptions { TopP = 0.9 }, RepetitionPenalty = 1.1, StopIds = [0] };
        var run = new TokenGenerator(model).Start([[0], [1]], options);
        while (!run.IsFinished)
        {
            run.Step();
            Assert.Equal(count + 3, LiveTensors);   // logits, tokens seen, last tokens
        }
        Assert.Empty(run.Step());
        Assert.Equal(2, run.Responses.Count);
        run.Dispose();
        run.Dispose();
        Assert.Equal(count, LiveTensors);
        Assert.Throws<ObjectDisposedException>(() => run.Step());
        foreach (var _ in new TokenGenerator(model).Stream([[0]], options)) break;   // leaving early frees too
        Assert.Equal(count, LiveTensors);
    }

    [Fact]
    public void A_logit_that_is_no_number_stops_with_the_row_and_the_token()
    {
        using var model = new FunctionModel(3, ids => ids.Count == 3 && ids[0] == 1 ? [0, float.NaN, 0] : [1, 0, 0]);
        foreach (var sampling in new[] { null, new SamplingOptions(), new SamplingOptions { TopK = 2, TopP = 0.9, MinP = 0.1 }, new SamplingOptions { TopP = 0.9 } })
        {
            var error = Assert.Throws<InvalidOperationException>(
                () => new TokenGenerator(model).Generate([[0], [1]], new GenerationOptions { MaxNewTokens = 5, Sampling = sampling }));
            Assert.Equal("Logits must be finite numbers; those of row 1 for token 2 of its response were not.", error.Message);
        }
    }

    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
}
