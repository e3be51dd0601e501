using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace Alignment.Tests.GoldenLosses;

/// <summary>Recorded numbers as tensors, and comparisons relative to the largest of the recorded numbers, however small they are.</summary>
internal static class RecordedNumbers
{
    public static ScalarType Type(string name) => name == "float64" ? ScalarType.Float64 : ScalarType.Float32;

    public static double[] Doubles(JsonElement values) => [.. values.EnumerateArray().Select(Number)];

    public static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();

    public static Tensor Vector(JsonElement values, ScalarType type) => tensor(Doubles(values)).to(type);

    /// <summary>Sums of the rows of a recorded matrix where its mask counts.</summary>
    public static Tensor MaskedSums(JsonElement rows, JsonElement masks, ScalarType type)
    {
        var sums = rows.EnumerateArray().Zip(masks.EnumerateArray(), (row, mask) => Doubles(row).Zip(mask.EnumerateArray(), (v, m) => Counts(m) ? v : 0));
        return stack(sums.Select(row => tensor(row.ToArray()).to(type).sum()));
    }

    public static bool Counts(JsonElement mask) => mask.ValueKind == JsonValueKind.True || (mask.ValueKind == JsonValueKind.Number && mask.GetInt32() != 0);

    public static void Near(JsonElement expected, Tensor actual, double tolerance, string what, double scale = 0) =>
        Near(Doubles(expected), TensorAssert.Doubles(actual), tolerance, what, scale);

    public static void Near(double expected, double actual, double tolerance, string what) => Near([expected], [actual], tolerance, what);

    public static void Near(double[] expected, double[] actual, double tolerance, string what, double scale = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        var allowed = tolerance * Math.Max(scale, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"{what} [{i}]: expected {expected[i]:R}, got {actual[i]:R}, allowed {allowed:R} apart.");
    }
}
