using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>The norm by pencil, and its precision.</summary>
public sealed class RmsNormTests
{
    [Fact]
    public void A_row_computed_by_hand()
    {
        // Mean square (9 + 16 + 0 + 0) / 4 = 6.25; with epsilon 0.75 the root of 7 is 2.6457513; gain 1.
        using var scope = NewDisposeScope();
        using var norm = Norm(4, 0.75, ScalarType.Float64);
        var row = norm.call(tensor(new double[] { 3, -4, 0, 0 }).view(1, 4));
        Assert.All(row.data<double>().ToArray().Zip([1.1338934, -1.5118579, 0, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-7));
    }

    [Fact]
    public void Gemma_adds_one_to_its_weight()
    {
        // The same row; weights 0, 1, -1, 5 are gains of 1, 2, 0 and 6.
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var norm = Norm(4, 0.75, ScalarType.Float64, NormKind.RmsPlusOne);
        var (row, weight) = (tensor(new double[] { 3, -4, 2, 0 }).view(1, 4), norm.parameters().Single());
        Assert.Equal([0.0, 0, 0, 0], weight.data<double>().ToArray());   // a new norm changes nothing
        weight.copy_(tensor(new double[] { 0, 1, -1, 5 }));
        // Mean square (9 + 16 + 4) / 4 = 7.25; with 0.75 the root of 8 is 2.8284271.
        Assert.All(norm.call(row).data<double>().ToArray().Zip([1.0606602, -2.8284271, 0, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-7));
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Half_precision_is_normed_in_float32_and_rounded_once(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var half = Norm(300, 1e-6, type);
        using var single = Norm(300, 1e-6, ScalarType.Float32);
        var rows = (randn([20, 300], generator: generator) * 200).to(type);   // squares beyond float16, sums beyond 8 bits of mantissa
        using var noGrad = no_grad();
        Assert.Equal(single.call(rows.to(ScalarType.Float32)).to(type).bytes.ToArray(), half.call(rows).bytes.ToArray());
    }

    private static RmsNorm Norm(int size, double epsilon, ScalarType type, NormKind kind = NormKind.Rms)
    {
        using var generator = new Generator(1);
        return new RmsNorm(new ParameterScope(new RandomParameters(type, CPU, 1, generator)), size, epsilon, kind);
    }
}
