using System.Text.Json;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>Every recorded row of TRL's sigmoid loss with and without label smoothing, in values and gradients.</summary>
public sealed class DpoLossGoldenTests
{
    [Theory]
    [InlineData("float64", "random", 1e-10)]
    [InlineData("float64", "edges", 1e-10)]
    [InlineData("float32", "random", 1e-5)]
    [InlineData("float32", "edges", 1e-5)]
    public void Sigmoid_rows_match(string type, string group, double tolerance)
    {
        var file = Golden.Json("losses", $"dpo_{type}.json");
        var dtype = type == "float64" ? ScalarType.Float64 : ScalarType.Float32;
        var inputs = file.GetProperty(group + "_inputs");
        var compared = 0;
        foreach (var row in file.GetProperty(group).EnumerateArray().Where(IsPlainSigmoid))
        {
            using var scope = NewDisposeScope();
            using var loss = new DpoLoss { Beta = row.GetProperty("beta").GetDouble(), LabelSmoothing = row.GetProperty("label_smoothing").GetDouble() };
            var policy = new PairLogProbs(Summed(inputs, "chosen", dtype).requires_grad_(), Summed(inputs, "rejected", dtype).requires_grad_());
            var reference = new PairLogProbs(Vector(inputs.GetProperty("ref_chosen_logps"), dtype), Vector(inputs.GetProperty("ref_rejected_logps"), dtype));
            var output = loss.call(policy, reference);
            var mean = output.PerPair.mean();
            mean.backward();
            Near.Equal(row.GetProperty("loss").GetDouble(), TensorAssert.Doubles(mean)[0], tolerance);
            Compare(row, "per_pair_loss", output.PerPair, tolerance);
            Compare(row, "grad_chosen", policy.Chosen.grad!, tolerance);
            Compare(row, "grad_rejected", policy.Rejected.grad!, tolerance);
            Compare(row, "per_pair_chosen_reward", output.ChosenRewards, tolerance);
            Compare(row, "per_pair_rejected_reward", output.RejectedRewards, tolerance);
            compared++;
        }
        Assert.True(compared >= 4, $"Only {compared} rows of the sigmoid loss were found.");
    }

    private static bool IsPlainSigmoid(JsonElement row) =>
        row.GetProperty("loss_type") is var types && types.GetArrayLength() == 1 && types[0].GetString() == "sigmoid"
        && row.GetProperty("f_divergence_type").GetString() == "reverse_kl" && row.GetProperty("ld_alpha").ValueKind == JsonValueKind.Null
        && row.GetProperty("loss_weights").ValueKind == JsonValueKind.Null && row.GetProperty("label_smoothing").GetDouble() < 0.5;

    private static void Compare(JsonElement row, string name, Tensor actual, double tolerance) =>
        Near.Equal([.. row.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())], TensorAssert.Doubles(actual), tolerance);

    private static Tensor Summed(JsonElement inputs, string side, ScalarType type)
    {
        var perToken = inputs.GetProperty($"policy_{side}_per_token_logps").EnumerateArray();
        var masks = inputs.GetProperty($"{side}_mask").EnumerateArray();
        var sums = perToken.Zip(masks, (tokens, mask) => tensor(tokens.EnumerateArray().Zip(mask.EnumerateArray(), (v, m) => Counts(m) ? v.GetDouble() : 0).ToArray()).to(type).sum());
        return stack(sums);
    }

    private static bool Counts(JsonElement mask) => mask.ValueKind == JsonValueKind.True || (mask.ValueKind == JsonValueKind.Number && mask.GetInt32() != 0);

    private static Tensor Vector(JsonElement values, ScalarType type) => tensor(values.EnumerateArray().Select(v => v.GetDouble()).ToArray()).to(type);
}
