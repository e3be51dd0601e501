using Alignment.Generation;

namespace Alignment.Models.Tests;

/// <summary>Log-probabilities of what was sampled are those of scoring the same tokens, in every family.</summary>
public sealed class ScoringTests
{
    public static TheoryData<string> Models => ModelRecord.All;

    [Theory, MemberData(nameof(Models))]
    public void Prompts_of_different_lengths_several_samples_and_rows_that_leave(string name)
    {
        using var record = new ModelRecord(name);
        using var model = record.Load();
        var (prompts, options) = Request(model);
        var responses = new TokenGenerator(model).Generate(prompts, options);

        Assert.Equal(12, responses.Count);
        Assert.True(responses.Select(response => response.Ids.Count).Distinct().Count() > 3, "Rows leave at different times.");
        using var layout = TokenLayout.Of([.. responses.Select(response => new TokenizedExample(prompts[response.Prompt], response.Ids))]);
        using var scored = model.TokenLogProbs(layout).Values.detach();
        Near.Equal([.. scored.data<float>().ToArray().Select(x => (double)x)], [.. responses.SelectMany(response => response.LogProbs).Select(x => (double)x)], 1e-5);
        // At temperature 1 the model is what was drawn from.
        Assert.All(responses, response => Assert.All(response.LogProbs.Zip(response.SamplingLogProbs), pair => Assert.Equal(pair.First, pair.Second, 1e-5)));
    }

    [Theory, MemberData(nameof(Models))]
    public void At_a_temperature(string name)
    {
        using var record = new ModelRecord(name);
        using var model = record.Load();
        var (prompts, options) = Request(model);
        options = options with { Sampling = new SamplingOptions { Temperature = 1.7 } };
        var responses = new TokenGenerator(model).Generate(prompts, options);
        using var layout = TokenLayout.Of([.. responses.Select(response => new TokenizedExample(prompts[response.Prompt], response.Ids))]);
        Scored(1, responses.SelectMany(response => response.LogProbs));
        Scored(1.7, responses.SelectMany(response => response.SamplingLogProbs));
        Assert.Equal(
            "temperature must be a finite number greater than 0. (Parameter 'temperature')\nActual value was 0.",
            Assert.Throws<ArgumentOutOfRangeException>(() => model.TokenLogProbs(layout, 0)).Message);

        void Scored(double temperature, IEnumerable<float> sampled)
        {
            using var scored = model.TokenLogProbs(layout, temperature).Values.detach();
            Near.Equal([.. scored.data<float>().ToArray().Select(x => (double)x)], [.. sampled.Select(x => (double)x)], 1e-5);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void A_row_alone_and_computed_anew_gives_the_same_tokens(string name)
    {
        using var record = new ModelRecord(name);
        using var model = record.Load();
        var (prompts, options) = Request(model);
        var generator = new TokenGenerator(model);
        var together = generator.Generate(prompts, options);
        Assert.Equal(together.Take(3).Select(response => response.Ids), generator.Generate([prompts[0]], options).Select(response => response.Ids));
        Assert.Equal(together.Select(response => response.Ids), generator.Generate(prompts, options).Select(response => response.Ids));
    }

    // Every seventh token stops, so that some rows leave soon and some stay.
    private static (int[][] Prompts, GenerationOptions Options) Request(DecoderModel model)
    {
        int[][] prompts = [.. new[] { 5, 1, 11, 8 }.Select((length, i) => TinyLlama.Ids(i, length, model.VocabularySize))];
        int[] stops = [.. Enumerable.Range(0, model.VocabularySize).Where(id => id % 7 == 3)];
        return (prompts, new GenerationOptions { MaxNewTokens = 16, Sampling = new SamplingOptions(), SamplesPerPrompt = 3, StopIds = stops, Seed = 3 });
    }
}
