using System.Text.Json;
using Alignment.Generation;
using static TorchSharp.torch;

namespace Alignment.Tests.Generation;

/// <summary>The distribution of the next token against transformers' logits processors (data/helpers.json) and by hand.</summary>
public sealed class SamplingFilterTests
{
    public static TheoryData<string, double> Filters =>
        new() { { "temperature", 0.7 }, { "temperature", 1.8 }, { "top_k", 5 }, { "top_p", 0.8 }, { "top_p", 0.05 }, { "min_p", 0.1 } };

    [Theory, MemberData(nameof(Filters))]
    public void Each_filter_as_recorded(string filter, double value)
    {
        using var scope = NewDisposeScope();
        var options = filter switch
        {
            "temperature" => new SamplingOptions { Temperature = value },
            "top_k" => new SamplingOptions { TopK = (int)value },
            "top_p" => new SamplingOptions { TopP = value },
            _ => new SamplingOptions { MinP = value },
        };
        var expected = Recorded(filter, value).log_softmax(1);
        Same(expected, NextToken.Of(Scores(), options).Dense(24));
    }

    [Fact]
    public void The_repetition_penalty_as_recorded()
    {
        using var scope = NewDisposeScope();
        var previous = Helpers.GetProperty("sampling_inputs").GetProperty("previous_tokens").Deserialize<int[][]>()!;
        using var seen = new SeenTokens(previous, 24, 1.3, CPU);
        TensorAssert.Near(Recorded("repetition_penalty", 1.3), seen.Penalize(Scores()), 1e-6);
    }

    [Fact]
    public void The_penalty_follows_tokens_as_they_come_and_rows_as_they_leave()
    {
        using var scope = NewDisposeScope();
        using var seen = new SeenTokens([[0], [1, 1], [2]], 3, 2, CPU);
        seen.Add(tensor(new long[,] { { 1 }, { 2 }, { 2 } }));
        seen.Keep(tensor(new long[] { 1, 2 }));
        var logits = tensor(new float[,] { { 4, 4, -4 }, { 4, 4, -4 } });
        Assert.Equal([4, 2, -8, 4, 4, -8], TensorAssert.Doubles(seen.Penalize(logits)));
    }

    [Fact]
    public void Filters_follow_one_another_on_what_is_left()
    {
        using var scope = NewDisposeScope();
        // p = 0.4, 0.3, 0.2, 0.1; temperature 1/2 squares them: 16, 9, 4, 1 of 30. Top-k 3 leaves 16, 9, 4 of 29.
        var logits = tensor(new[,] { { 0.2, 0.4, 0.1, 0.3 } }).log();
        var options = new SamplingOptions { Temperature = 0.5, TopK = 3, TopP = 0.84 };
        Near([0, 16.0 / 25, 0, 9.0 / 25], NextToken.Of(logits, options));                            // 25/29 = 0.862 reaches 0.84; of all, 25/30 = 0.833 would not
        Near([4.0 / 29, 16.0 / 29, 0, 9.0 / 29], NextToken.Of(logits, options with { TopP = 0.87 }));                    // 25/29 does not reach 0.87
        Near([0, 16.0 / 25, 0, 9.0 / 25], NextToken.Of(logits, options with { TopP = 0.87, MinP = 0.3 }));  // 4/16 is below 0.3, 9/16 is not
        Near([0, 1, 0, 0], NextToken.Of(logits, options with { MinP = 0.6 }));
        Near([0, 1, 0, 0], NextToken.Of(logits, options with { TopK = 1 }));
        Near([4.0 / 30, 16.0 / 30, 1.0 / 30, 9.0 / 30], NextToken.Of(logits, options with { TopK = 9, TopP = 1 }));
    }

    [Fact]
    public void What_ties_with_the_last_of_top_k_stays_and_top_p_keeps_no_more_than_it_must()
    {
        using var scope = NewDisposeScope();
        var equal = zeros(1, 4);
        Near([0.25, 0.25, 0.25, 0.25], NextToken.Of(equal, new SamplingOptions { TopK = 2 }));
        Near([0, 0, 0.5, 0.5], NextToken.Of(equal, new SamplingOptions { TopP = 0.5 }));             // transformers drops the smaller ids first
        Near([0, 1.0 / 3, 1.0 / 3, 1.0 / 3], NextToken.Of(equal, new SamplingOptions { TopP = 0.51 }));
        Near([0, 0, 0.5, 0.5], NextToken.Of(equal, new SamplingOptions { TopK = 3, TopP = 0.5 }));
        var two = tensor(new[,] { { 1.0, 2, 2, 0 }, { 3, 1, 0, 2 } });                               // one row ties, the other does not
        var kept = NextToken.Of(two, new SamplingOptions { TopK = 1 }).Dense(4).exp();
        Near([0, 0.5, 0.5, 0, 1, 0, 0, 0], kept);
    }

    [Theory]
    [InlineData(1, 0.5, 3000)]
    [InlineData(6, 0.9, 3000)]     // few tokens: found among the first 256
    [InlineData(2, 0.9, 3000)]     // hundreds: all are sorted
    [InlineData(0.5, 0.95, 5000)]  // thousands, some beyond 4,096
    [InlineData(1, 0.9, 100)]
    public void A_nucleus_of_any_size_is_that_of_a_plain_loop(double spread, double p, int vocabulary)
    {
        using var scope = NewDisposeScope();
        var rows = Enumerable.Range(0, 3).Select(row => Normal(row, vocabulary).Select(x => Math.Round(spread * x * 32) / 32).ToArray()).ToArray();   // ties everywhere
        var logits = tensor(rows.SelectMany(row => row).ToArray()).view(3, vocabulary);
        var actual = TensorAssert.Doubles(NextToken.Of(logits, new SamplingOptions { TopP = p }).Dense(vocabulary).exp());
        for (var row = 0; row < 3; row++) Common.Near.Equal(SlowNucleus(rows[row], p), actual[(row * vocabulary)..((row + 1) * vocabulary)], 1e-9);
    }

    private static double[] SlowNucleus(double[] logits, double p)
    {
        var total = logits.Sum(Math.Exp);
        var kept = new double[logits.Length];
        var mass = 0.0;
        foreach (var id in Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).ThenByDescending(id => id))
        {
            if (mass >= p) break;
            kept[id] = Math.Exp(logits[id]) / total;
            mass += kept[id];
        }
        return [.. kept.Select(q => q / mass)];
    }

    private static IEnumerable<double> Normal(int seed, int count)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    private static JsonElement Helpers => Golden.Json("data", "helpers.json");

    private static Tensor Scores() => Rows(Helpers.GetProperty("sampling_inputs").GetProperty("scores"));

    private static Tensor Recorded(string filter, double value) => Rows(Helpers.GetProperty("sampling").EnumerateArray()
        .Single(entry => entry.GetProperty("filter").GetString() == filter && entry.GetProperty("value").GetDouble() == value).GetProperty("output"));

    private static Tensor Rows(JsonElement rows) => stack(rows.EnumerateArray()
        .Select(row => tensor(row.EnumerateArray().Select(x => x.ValueKind == JsonValueKind.String ? float.NegativeInfinity : x.GetSingle()).ToArray())).ToArray());

    private static void Same(Tensor expected, Tensor actual)
    {
        var (e, a) = (TensorAssert.Doubles(expected), TensorAssert.Doubles(actual));
        Assert.Equal(e.Select(double.IsNegativeInfinity), a.Select(double.IsNegativeInfinity));
        Common.Near.Equal([.. e.Where(double.IsFinite)], [.. a.Where(double.IsFinite)], 1e-6);
    }

    private static void Near(double[] expected, NextToken next) => Near(expected, next.Dense(4).exp());

    private static void Near(double[] expected, Tensor probabilities) => Common.Near.Equal(expected, TensorAssert.Doubles(probabilities), 1e-6);
}
