using TorchSharp;
using static TorchSharp.torch;

namespace Alignment.Tests.Reference;

/// <summary>Rows kept for backward and rows computed again, and where the gradient of the weight goes, against full logits.</summary>
public sealed class KeptLogitsTests
{
    private static readonly long[] Targets = [0, 10, 3, 3, 7, 1, 5];

    [Theory]
    [InlineData(0, 3, null, 1.0)]
    [InlineData(2, 2, null, 1.0)]
    [InlineData(5, 100, null, 0.7)]
    [InlineData(7, 1, null, 1.0)]
    [InlineData(3, 2, 2.0, 0.7)]
    [InlineData(0, 2, 2.0, 1.3)]
    [InlineData(7, 2, 2.0, 1.3)]
    public void Values_and_gradients_equal_those_of_full_logits(int keptRows, int chunkRows, double? cap, double temperature)
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, upstream) = Inputs();
        var full = Full(hidden, weight, cap, temperature);
        (full * upstream).sum().backward();
        var (hiddenGrad, weightGrad) = Taken(hidden, weight);

        var chunked = ChunkedLogProbs.Of(hidden, weight, tensor(Targets), cap, chunkRows, temperature, keptRows);
        (chunked * upstream).sum().backward();

        TensorAssert.Near(full, chunked, 1e-13);
        TensorAssert.Near(hiddenGrad, hidden.grad!, 1e-13);
        TensorAssert.Near(weightGrad, weight.grad!, 1e-13);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_second_backward_through_the_same_graph_adds_the_same_again(int keptRows)
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, upstream) = Inputs();
        var loss = (ChunkedLogProbs.Of(hidden, weight, tensor(Targets), chunkRows: 2, keptRows: keptRows) * upstream).sum();
        loss.backward(retain_graph: true);
        var (once, weightOnce) = (hidden.grad!.clone(), weight.grad!.clone());
        loss.backward();
        TensorAssert.Near(2 * once, hidden.grad!, 1e-14);
        TensorAssert.Near(2 * weightOnce, weight.grad!, 1e-14);
    }

    [Fact]
    public void The_gradient_of_a_leaf_adds_to_that_of_its_other_uses()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, upstream) = Inputs();
        (Full(hidden, weight, null, 1) * upstream).sum().backward();
        weight.square().sum().backward();
        var (_, expected) = Taken(hidden, weight);
        ((ChunkedLogProbs.Of(hidden, weight, tensor(Targets), chunkRows: 3, keptRows: 2) * upstream).sum() + weight.square().sum()).backward();
        TensorAssert.Near(expected, weight.grad!, 1e-13);
    }

    [Fact]
    public void A_weight_that_is_computed_hands_its_gradient_on()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, upstream) = Inputs();
        (Full(hidden, weight * 1.5, null, 1) * upstream).sum().backward();
        var (_, expected) = Taken(hidden, weight);
        (ChunkedLogProbs.Of(hidden, weight * 1.5, tensor(Targets), chunkRows: 3, keptRows: 2) * upstream).sum().backward();
        TensorAssert.Near(expected, weight.grad!, 1e-13);
    }

    [Fact]
    public void Hidden_states_that_are_not_contiguous()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, upstream) = Inputs();
        (Full(hidden, weight, null, 1) * upstream).sum().backward();
        var (expected, _) = Taken(hidden, weight);
        var turned = hidden.detach().t().contiguous().requires_grad_();
        (ChunkedLogProbs.Of(turned.t(), weight, tensor(Targets), chunkRows: 3, keptRows: 2) * upstream).sum().backward();
        TensorAssert.Near(expected, turned.grad!.t(), 1e-13);
    }

    [Fact]
    public void Nothing_is_left_after_passes()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, upstream) = Inputs();
        Pass();
        var before = LiveTensors;
        for (var i = 0; i < 5; i++) Pass();
        Assert.Equal(before, LiveTensors);

        void Pass()
        {
            using var pass = NewDisposeScope();
            (ChunkedLogProbs.Of(hidden, weight, tensor(Targets), chunkRows: 2, keptRows: 3) * upstream).sum().backward();
        }
    }

    [Fact]
    public void Slopes_are_free_after_their_backward_and_where_there_is_none_when_their_scope_ends()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, upstream) = Inputs();
        var slopes = new KeptSlopes();
        var loss = (ChunkedLogProbs.Of(hidden, weight, tensor(Targets), chunkRows: 2, keptRows: 7, slopes: slopes) * upstream).sum();
        var rows = slopes.Take()!;
        slopes.Put(rows);
        loss.backward();
        Assert.True(rows.IsInvalid);   // though loss and graph are still there
        Assert.Null(slopes.Take());

        var untaken = new KeptSlopes();
        Tensor late;
        using (NewDisposeScope()) late = ChunkedLogProbs.Of(hidden, weight, tensor(Targets), chunkRows: 2, keptRows: 7, slopes: untaken).MoveToOuterDisposeScope();
        Assert.Null(untaken.Take());

        // A backward that comes too late for the slopes computes them again.
        (hidden.grad, weight.grad) = (null, null);
        (late * upstream).sum().backward();
        var gradients = Taken(hidden, weight);
        (Full(hidden, weight, null, 1) * upstream).sum().backward();
        TensorAssert.Near(hidden.grad!, gradients.Hidden, 1e-13);
        TensorAssert.Near(weight.grad!, gradients.Weight, 1e-13);
    }

    // Of this thread: other tests run beside.
    private static long LiveTensors => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

    private static Tensor Full(Tensor hidden, Tensor weight, double? cap, double temperature)
    {
        var product = hidden.mm(weight.t());
        var logits = (cap is { } c ? (product / c).tanh() * c : product) / temperature;
        return logits.log_softmax(1).gather(1, tensor(Targets).unsqueeze(1)).squeeze(1);
    }

    private static (Tensor Hidden, Tensor Weight) Taken(Tensor hidden, Tensor weight)
    {
        var gradients = (hidden.grad!.clone(), weight.grad!.clone());
        (hidden.grad, weight.grad) = (null, null);
        return gradients;
    }

    private static (Tensor Hidden, Tensor Weight, Tensor Upstream) Inputs()
    {
        using var generator = new Generator(11);
        return (randn([7, 5], ScalarType.Float64, generator: generator).requires_grad_(),
            randn([11, 5], ScalarType.Float64, generator: generator).requires_grad_(), randn([7], ScalarType.Float64, generator: generator));
    }
}
