using System.Text.Json;
using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>What TRL's DPO losses were run on: per-token log-probabilities of the policy, summed ones of the reference.</summary>
internal sealed class RecordedPairs(JsonElement inputs, ScalarType type)
{
    private readonly bool[][] _chosenMask = Masks(inputs, "chosen_mask");
    private readonly bool[][] _rejectedMask = Masks(inputs, "rejected_mask");

    public static ScalarType TypeOf(string name) => name == "float64" ? ScalarType.Float64 : ScalarType.Float32;

    public int Count => _chosenMask.Length;

    /// <summary>The policy's response tokens, sequence after sequence, chosen before rejected: a leaf.</summary>
    public TokenLogProbs Tokens()
    {
        var chosen = Rows("policy_chosen_per_token_logps", _chosenMask);
        var rejected = Rows("policy_rejected_per_token_logps", _rejectedMask);
        double[][] rows = [.. chosen.Zip(rejected, (c, r) => new[] { c, r }).SelectMany(pair => pair)];
        long[] ids = [.. rows.SelectMany((row, sequence) => Enumerable.Repeat((long)sequence, row.Length))];
        return new TokenLogProbs(Vector([.. rows.SelectMany(v => v)]).requires_grad_(), tensor(ids), [.. rows.Select(row => row.Length)]);
    }

    /// <summary>The policy's responses with their lengths: two leaves.</summary>
    public PairLogProbs Policy() => new(
        Sums("policy_chosen_per_token_logps", _chosenMask).requires_grad_(), Sums("policy_rejected_per_token_logps", _rejectedMask).requires_grad_())
    {
        ChosenLengths = Vector([.. _chosenMask.Select(mask => (double)mask.Count(m => m))]),
        RejectedLengths = Vector([.. _rejectedMask.Select(mask => (double)mask.Count(m => m))]),
    };

    public PairLogProbs Reference() => new(Vector(Doubles(inputs.GetProperty("ref_chosen_logps"))), Vector(Doubles(inputs.GetProperty("ref_rejected_logps"))));

    /// <summary>Takes a recorded <c>[2B, T]</c>, chosen rows first, to the order of <see cref="Tokens"/>.</summary>
    public double[] InTokenOrder(JsonElement perToken)
    {
        var rows = perToken.EnumerateArray().Select(Doubles).ToArray();
        return [.. Enumerable.Range(0, Count).SelectMany(i => Kept(rows[i], _chosenMask[i]).Concat(Kept(rows[Count + i], _rejectedMask[i])))];
    }

    public static double[] Doubles(JsonElement values) => [.. values.EnumerateArray().Select(Double)];

    public static double Double(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, _ => double.NegativeInfinity }
        : value.GetDouble();

    private Tensor Sums(string name, bool[][] masks) => stack(Rows(name, masks).Select(row => Vector(row).sum()));

    private double[][] Rows(string name, bool[][] masks) =>
        [.. inputs.GetProperty(name).EnumerateArray().Select((row, i) => Kept(Doubles(row), masks[i]).ToArray())];

    private Tensor Vector(double[] values) => tensor(values).to(type);

    private static IEnumerable<double> Kept(double[] row, bool[] mask) => row.Where((_, t) => mask[t]);

    private static bool[][] Masks(JsonElement inputs, string name) =>
        [.. inputs.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(m => m.ValueKind == JsonValueKind.True || (m.ValueKind == JsonValueKind.Number && m.GetInt32() != 0)).ToArray())];
}
