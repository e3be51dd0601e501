using Alignment.Generation;
using static TorchSharp.torch;

namespace Alignment.Tests.Generation;

/// <summary>What is drawn follows the distribution that it is said to follow.</summary>
public sealed class SamplingLawTests
{
    private static readonly double[] Probabilities = [0.05, 0.3, 0.15, 0.01, 0.24, 0.25];

    public static TheoryData<SamplingOptions> Settings => new(
        new SamplingOptions(),
        new SamplingOptions { Temperature = 0.6 },
        new SamplingOptions { Temperature = 1.5, TopK = 4 },
        new SamplingOptions { TopP = 0.7 },
        new SamplingOptions { MinP = 0.2 });

    [Theory, MemberData(nameof(Settings))]
    public void Counts_of_20_000_draws_pass_a_chi_square_test(SamplingOptions sampling)
    {
        using var model = FunctionModel.Drawing(Probabilities);
        var options = new GenerationOptions { Sampling = sampling, MaxNewTokens = 200, SamplesPerPrompt = 100, Seed = 5 };
        var responses = new TokenGenerator(model).Generate([[0]], options);
        using var scope = NewDisposeScope();
        var law = TensorAssert.Doubles(NextToken.Of(tensor(Probabilities).log().unsqueeze(0), sampling).Dense(6).exp());
        var counts = new double[6];
        foreach (var id in responses.SelectMany(response => response.Ids)) counts[id]++;

        Assert.All(law.Zip(counts), pair => Assert.Equal(pair.First == 0, pair.Second == 0));
        var statistic = law.Zip(counts).Where(pair => pair.First > 0).Sum(pair => Math.Pow(pair.Second - 20_000 * pair.First, 2) / (20_000 * pair.First));
        Assert.InRange(statistic, 0.05, 20.5);   // 5 degrees of freedom or fewer: beyond 20.5 in one of 1,000 seeds

        var first = responses.Select(response => response.Ids[0]).ToList();
        Assert.True(first.Distinct().Count() > 1, "Samples of a prompt begin differently.");
        foreach (var response in responses)
            for (var t = 0; t < response.Ids.Count; t++)
            {
                Assert.Equal(Math.Log(Probabilities[response.Ids[t]]), response.LogProbs[t], 1e-5);
                Assert.Equal(Math.Log(law[response.Ids[t]]), response.SamplingLogProbs[t], 1e-5);
            }
    }

    [Fact]
    public void Neighbouring_steps_samples_prompts_and_seeds_are_independent()
    {
        using var model = FunctionModel.Drawing(0.5, 0.5);
        var options = new GenerationOptions { Sampling = new SamplingOptions(), MaxNewTokens = 100, SamplesPerPrompt = 20 };
        var bits = new[] { 0L, 1 }.Select(seed => new TokenGenerator(model).Generate([[0], [0]], options with { Seed = seed }).Select(response => response.Ids).ToList()).ToArray();

        // Of n pairs that agree or not by a fair coin, n/2 agree, give or take √n/2; 4 of these are 6 in 100,000 seeds.
        Agreement(bits[0].SelectMany(ids => ids.Zip(ids.Skip(1))));
        Agreement(bits[0].Take(19).Zip(bits[0].Skip(1)).SelectMany(pair => pair.First.Zip(pair.Second)));
        Agreement(bits[0].Take(20).Zip(bits[0].Skip(20)).SelectMany(pair => pair.First.Zip(pair.Second)));
        Agreement(bits[0].Zip(bits[1]).SelectMany(pair => pair.First.Zip(pair.Second)));
        Agreement(bits[0].Take(20).Select(ids => (ids[0], ids[1])).Concat(bits[0].Skip(20).Select(ids => (ids[0], ids[1]))));

        static void Agreement(IEnumerable<(int One, int Two)> pairs)
        {
            var all = pairs.ToList();
            Assert.InRange(Math.Abs(all.Count(pair => pair.One == pair.Two) - all.Count / 2.0), 0, 2 * Math.Sqrt(all.Count));
        }
    }

    [Fact]
    public void A_temperature_near_0_is_greedy_and_a_very_high_one_is_uniform()
    {
        using var model = FunctionModel.Drawing(Probabilities);
        var cold = Generate(new SamplingOptions { Temperature = 1e-3 }, 50);
        Assert.Equal(Generate(null, 50).Ids, cold.Ids);
        Assert.All(cold.SamplingLogProbs, logProb => Assert.Equal(0, logProb, 1e-5));
        var hot = Generate(new SamplingOptions { Temperature = 1e6 }, 600);
        Assert.All(hot.SamplingLogProbs, logProb => Assert.Equal(-Math.Log(6), logProb, 1e-5));
        Assert.All(Enumerable.Range(0, 6), id => Assert.InRange(hot.Ids.Count(other => other == id), 60, 140));

        GeneratedResponse Generate(SamplingOptions? sampling, int tokens) =>
            new TokenGenerator(model).Generate([[0]], new GenerationOptions { Sampling = sampling, MaxNewTokens = tokens }).Single();
    }

    [Fact]
    public void A_draw_is_where_the_cumulative_probability_passes_the_number()
    {
        using var scope = NewDisposeScope();
        var next = NextToken.Of(tensor(new double[,] { { 0.1, 0.2, 0.7 }, { 0.1, 0.2, 0.7 }, { 0.1, 0.2, 0.7 }, { 0, 1, 0 } }).log(), new SamplingOptions());
        var (ids, logProbs) = next.Draw(tensor(new[] { 0.09, 0.11, 0.31, 1 - 1e-12 }));
        Assert.Equal([0, 1, 2, 1], ids.data<long>().ToArray());
        Common.Near.Equal([Math.Log(0.1), Math.Log(0.2), Math.Log(0.7), 0], TensorAssert.Doubles(logProbs.squeeze(1)), 1e-12);
    }
}
