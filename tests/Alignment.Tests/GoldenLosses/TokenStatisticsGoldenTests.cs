using System.Text.Json;
using Alignment.Losses;
using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>TRL's helpers on given numbers: masked mean, variance and whitening, cutting at the end token, entropy.</summary>
public sealed class TokenStatisticsGoldenTests
{
    [Fact]
    public void Masked_mean_variance_and_whitening_match()
    {
        var recorded = Golden.Json("data", "helpers.json").GetProperty("masked");
        var values = Vector(recorded.GetProperty("values"));
        var counts = recorded.GetProperty("mask").EnumerateArray().SelectMany(r => r.EnumerateArray().Select(m => m.GetBoolean())).ToArray();
        var mask = tensor(counts);
        Near.Equal(recorded.GetProperty("mean").GetDouble(), TokenStatistics.Mean(values, mask).item<float>(), 1e-6);
        Near.Equal(recorded.GetProperty("var").GetDouble(), TokenStatistics.Variance(values, mask).item<float>(), 1e-6);
        Near.Equal(recorded.GetProperty("var_biased").GetDouble(), TokenStatistics.Variance(values, mask, unbiased: false).item<float>(), 1e-6);
        // TRL whitens what does not count too; here it is 0.
        Near.Equal(Kept(recorded.GetProperty("whiten"), counts), TensorAssert.Doubles(Whitening.ToZeroMean(values, mask)), 1e-6);
        Near.Equal(Kept(recorded.GetProperty("whiten_keep_mean"), counts), TensorAssert.Doubles(Whitening.KeepingMean(values, mask)), 1e-6);
        var (rows, width) = (recorded.GetProperty("mean_rows").EnumerateArray().ToArray(), counts.Length / 3);
        for (var r = 0; r < rows.Length; r++)
            Near.Equal(rows[r].GetDouble(), TokenStatistics.Mean(values.narrow(0, r * width, width), mask.narrow(0, r * width, width)).item<float>(), 1e-6);
    }

    [Fact]
    public void Responses_end_where_TRL_cuts_them()
    {
        var recorded = Golden.Json("data", "helpers.json").GetProperty("truncate_response");
        var end = recorded.GetProperty("stop_token_id").GetInt32();
        var responses = recorded.GetProperty("responses").EnumerateArray().Select(r => r.EnumerateArray().Select(t => t.GetInt32()).ToArray());
        Assert.Equal(recorded.GetProperty("first_true").EnumerateArray().Select(f => f.GetInt32() + 1), responses.Select(tokens => ResponseEnd.Of(tokens, end).Length));
    }

    [Fact]
    public void Entropy_matches()
    {
        var recorded = Golden.Json("data", "helpers.json").GetProperty("log_softmax");
        var rows = recorded.GetProperty("logits").EnumerateArray().SelectMany(batch => batch.EnumerateArray()).Select(Numbers).ToArray();
        using var bonus = new EntropyBonus { Coefficient = 1 };
        var output = bonus.call(tensor(rows.SelectMany(r => r).ToArray()).view(rows.Length, -1).to(ScalarType.Float32));
        Near.Equal(Flat(recorded.GetProperty("entropy")), TensorAssert.Doubles(output.Entropy), 1e-6);
        Near.Equal([.. Flat(recorded.GetProperty("entropy")).Select(h => -h)], TensorAssert.Doubles(output.PerToken), 1e-6);
    }

    private static Tensor Vector(JsonElement matrix) => tensor(Flat(matrix)).to(ScalarType.Float32);

    private static double[] Flat(JsonElement matrix) => [.. matrix.EnumerateArray().SelectMany(Numbers)];

    private static double[] Numbers(JsonElement row) => [.. row.EnumerateArray().Select(v => v.GetDouble())];

    private static double[] Kept(JsonElement matrix, bool[] counts) => [.. Flat(matrix).Select((value, i) => counts[i] ? value : 0)];
}
