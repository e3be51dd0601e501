using Alignment.Generation;
using Alignment.Tests.Runs;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>Between prompts and rewards: what is sampled, how it ends, and who scores it.</summary>
public sealed class RolloutTests
{
    [Fact]
    public void A_response_does_not_depend_on_how_prompts_are_cut_into_batches()
    {
        using var models = TinyRun.Models(type: ScalarType.Float64);
        var sampler = new RolloutSampler(models.Policy, TinyRun.Rollout(samples: 3));
        int[] places = [.. Enumerable.Range(0, 12)];
        var whole = sampler.Sample([TinyRun.Prompts], places, seed: 9);
        foreach (var size in (int[])[1, 5])
        {
            var cut = sampler.Sample(TinyRun.Prompts.Chunk(size), places, seed: 9);
            Assert.Equal(whole.Responses.Select(r => string.Join(' ', r.Ids)), cut.Responses.Select(r => string.Join(' ', r.Ids)));
            Assert.Equal(whole.Responses.Select(r => (r.Place, r.Sample, r.HasEnded)), cut.Responses.Select(r => (r.Place, r.Sample, r.HasEnded)));
            Near.Equal(whole.Sampler, cut.Sampler, 1e-6);   // the sampler keeps float32
        }
        Assert.NotEqual(whole.Responses.Select(r => string.Join(' ', r.Ids)), sampler.Sample([TinyRun.Prompts], places, seed: 10).Responses.Select(r => string.Join(' ', r.Ids)));
    }

    [Fact]
    public void A_response_keeps_its_first_stop_token_and_nothing_after_it()
    {
        using var models = TinyRun.Models();
        var rollout = Sampled(models);
        Assert.Contains(rollout.Responses, response => response.HasEnded);
        Assert.Contains(rollout.Responses, response => !response.HasEnded);
        Assert.All(rollout.Responses, response =>
        {
            Assert.Equal(response.HasEnded ? response.Ids.Count - 1 : -1, response.Ids.ToList().IndexOf(TinyRun.End));
            if (!response.HasEnded) Assert.Equal(8, response.Ids.Count);
        });
        Assert.Equal(rollout.Responses.Sum(response => response.Ids.Count), rollout.Sequences.TokenCount);   // every place is a token: none to mask
    }

    [Theory, InlineData(0.7), InlineData(1), InlineData(1.6)]
    public void The_sampler_and_the_scorer_give_the_same_numbers_at_the_temperature_of_sampling(double temperature)
    {
        using var models = TinyRun.Models(type: ScalarType.Float64);
        var rollout = Sampled(models, temperature);
        var rows = Enumerable.Range(0, rollout.Responses.Count).ToList();
        var scored = new RolloutScorer(models.All, temperature).Score(rollout, rows.Chunk(5));
        Near.Equal(rollout.Sampler, scored.Policy, 1e-5);
        // The policy is still the reference, which is divided by the temperature too.
        Near.Equal(scored.Policy, scored.Reference, 1e-12);
        var other = new RolloutScorer(models.All, temperature * 1.1).Score(rollout, [rows]);
        Assert.True(other.Policy.Zip(scored.Policy, (a, b) => Math.Abs(a - b)).Max() > 0.01);
    }

    [Fact]
    public void Scores_values_and_log_probabilities_do_not_depend_on_the_batch()
    {
        using var models = TinyRun.Models(type: ScalarType.Float64);
        var rollout = Sampled(models);
        var rows = Enumerable.Range(0, rollout.Responses.Count).ToList();
        var scorer = new RolloutScorer(models.All, 1);
        var (whole, alone) = (scorer.Score(rollout, [rows]), scorer.Score(rollout, rows.Reverse<int>().Chunk(1)));
        Near.Equal(whole.Policy, alone.Policy, 1e-12);
        Near.Equal(whole.Values!, alone.Values!, 1e-12);
        Near.Equal(whole.Reference, alone.Reference, 1e-12);
    }

    [Fact]
    public void What_cannot_be_scored_cannot_be_set()
    {
        var generation = TinyRun.Rollout(temperature: 0.7).Generation(tokenizer: null, seed: 1, firstPrompt: 2);
        Assert.True(generation.CanBeScored);
        Assert.Equal(new SamplingOptions { Temperature = 0.7 }, generation.Sampling);
        Assert.Equal(
            ["MaxNewTokens", "SamplesPerPrompt", "StopIds", "Temperature"],
            typeof(RolloutOptions).GetProperties().Select(property => property.Name).Where(name => name != "EqualityContract").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_prompt_that_leaves_no_room_is_told_before_anything_is_sampled()
    {
        using var models = TinyRun.Models();
        var error = Assert.Throws<ArgumentException>(() => new PpoTrainer(models.All, new PpoOptions { Rollout = TinyRun.Rollout() with { MaxNewTokens = 22 } }).Train(TinyRun.Prompts));
        Assert.Equal("A prompt and Rollout.MaxNewTokens = 22 together must be at most 24 tokens for this model; prompts[0] has 3. Drop long prompts when they are encoded. (Parameter 'prompts')", error.Message);
    }

    [Fact]
    public void A_reference_of_kept_numbers_cannot_hold_new_responses()
    {
        using var models = TinyRun.Models();
        var kept = ReferenceLogProbs.Compute(models.Start, RunLoop.SmallPolicy.Pairs);
        Assert.Equal("The reference must be a model: log-probabilities that were kept have none for responses that are still to be sampled. (Parameter 'reference')",
            Assert.Throws<ArgumentException>(() => OnPolicyModels.Apart(models.Policy, ReferencePolicy.Cached(kept), TinyRun.Count)).Message);
    }

    private static Rollout Sampled(TinyModels models, double temperature = 1) =>
        new RolloutSampler(models.Policy, TinyRun.Rollout(samples: 2, temperature)).Sample([TinyRun.Prompts], [.. Enumerable.Range(0, 12)], seed: 4);
}
