using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Law;

public sealed class SupervisedLossTests
{
    private static readonly double[] Values = [-1.5, -0.25, -7, -3, -2, -0.5];

    [Fact]
    public void A_step_in_parts_costs_what_it_costs_whole()
    {
        using var scope = NewDisposeScope();
        using var loss = new SupervisedLoss();
        var whole = loss.call(new TokenLogProbs(tensor(Values), tensor(new long[] { 0, 0, 0, 1, 2, 2 }), [3, 1, 2]), 6);
        var first = loss.call(new TokenLogProbs(tensor(Values[..3]), zeros(3, dtype: ScalarType.Int64), [3]), 6);
        var second = loss.call(new TokenLogProbs(tensor(Values[3..]), tensor(new long[] { 0, 1, 1 }), [1, 2]), 6);
        TensorAssert.Near(whole, cat([first, second]), 1e-15);
        Near.Equal(-Values.Average(), whole.sum().item<double>(), 1e-15);
    }

    [Fact]
    public void Gradients_are_those_of_small_steps()
    {
        using var loss = new SupervisedLoss();
        var ids = tensor(new long[] { 0, 1, 1, 0, 2, 1 });
        CentralDifferences.Agree(values => (loss.call(new TokenLogProbs(values, ids, [2, 3, 1]), 9) * tensor(new[] { 1.0, -2, 3 })).sum(), Values);
    }

    [Fact]
    public void Huge_log_probabilities_stay_finite_in_float32()
    {
        using var scope = NewDisposeScope();
        using var loss = new SupervisedLoss();
        var output = loss.call(new TokenLogProbs(tensor(new[] { -1e4f, -1e4f }), zeros(2, dtype: ScalarType.Int64), [2]), 4);
        Assert.Equal(5e3f, output.item<float>());
    }
}
