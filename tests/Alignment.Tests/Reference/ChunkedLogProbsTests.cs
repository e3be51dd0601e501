using static TorchSharp.torch;

namespace Alignment.Tests.Reference;

/// <summary>The chunked function against log-softmax of full logits.</summary>
public sealed class ChunkedLogProbsTests
{
    private const int Rows = 7, Width = 5, Vocabulary = 11;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(100)]
    public void Values_and_gradients_equal_those_of_full_logits(int chunkRows)
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, targets, upstream) = Inputs(ScalarType.Float64);
        var full = hidden.mm(weight.t()).log_softmax(1).gather(1, targets.unsqueeze(1)).squeeze(1);
        (full * upstream).sum().backward();
        var (hiddenGrad, weightGrad) = (hidden.grad!.clone(), weight.grad!.clone());
        hidden.grad = null;
        weight.grad = null;

        var chunked = ChunkedLogProbs.Of(hidden, weight, targets, chunkRows: chunkRows);
        (chunked * upstream).sum().backward();

        TensorAssert.Near(full, chunked, 1e-14);
        TensorAssert.Near(hiddenGrad, hidden.grad!, 1e-14);
        TensorAssert.Near(weightGrad, weight.grad!, 1e-14);
    }

    [Theory]
    [InlineData(0.7, null, 3)]
    [InlineData(2.5, 3.0, 2)]
    [InlineData(0.3, 30.0, 100)]
    public void Values_and_gradients_at_a_temperature_equal_those_of_full_logits(double temperature, double? cap, int chunkRows)
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, targets, upstream) = Inputs(ScalarType.Float64);
        var product = hidden.mm(weight.t());
        var logits = (cap is { } c ? (product / c).tanh() * c : product) / temperature;
        var full = logits.log_softmax(1).gather(1, targets.unsqueeze(1)).squeeze(1);
        (full * upstream).sum().backward();
        var (hiddenGrad, weightGrad) = (hidden.grad!.clone(), weight.grad!.clone());
        hidden.grad = null;
        weight.grad = null;

        var chunked = ChunkedLogProbs.Of(hidden, weight, targets, cap, chunkRows, temperature);
        (chunked * upstream).sum().backward();

        TensorAssert.Near(full, chunked, 1e-13);
        TensorAssert.Near(hiddenGrad, hidden.grad!, 1e-13);
        TensorAssert.Near(weightGrad, weight.grad!, 1e-13);
    }

    /// <summary>A cap that bends logits of up to about 5 a little, and one that bends them to their end.</summary>
    [Theory]
    [InlineData(3.0, 1)]
    [InlineData(3.0, 3)]
    [InlineData(3.0, 100)]
    [InlineData(0.5, 2)]
    [InlineData(30.0, 7)]
    public void Capped_values_and_gradients_equal_those_of_full_logits(double cap, int chunkRows)
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, targets, upstream) = Inputs(ScalarType.Float64);
        var logits = (hidden.mm(weight.t()) / cap).tanh() * cap;
        var full = logits.log_softmax(1).gather(1, targets.unsqueeze(1)).squeeze(1);
        (full * upstream).sum().backward();
        var (hiddenGrad, weightGrad) = (hidden.grad!.clone(), weight.grad!.clone());
        hidden.grad = null;
        weight.grad = null;

        var chunked = ChunkedLogProbs.Of(hidden, weight, targets, cap, chunkRows);
        (chunked * upstream).sum().backward();

        TensorAssert.Near(full, chunked, 1e-14);
        TensorAssert.Near(hiddenGrad, hidden.grad!, 1e-14);
        TensorAssert.Near(weightGrad, weight.grad!, 1e-14);
        AssertSameWithoutGradients(hidden, weight, targets, cap, chunkRows);
    }

    [Fact]
    public void A_capped_pair_by_hand()
    {
        using var scope = NewDisposeScope();
        var hidden = tensor(new[,] { { 1.0 } }).requires_grad_();
        var weight = tensor(new[,] { { 1.0 }, { -1.0 } }).requires_grad_();
        var value = ChunkedLogProbs.Of(hidden, weight, tensor(new long[] { 0 }), softCap: 2, chunkRows: 1);
        value.sum().backward();
        // z = ±2 tanh(1/2) = ±0.9242343; log p = -ln(1 + e^-1.8484686) = -0.1462436; p₁ = 0.1360528.
        // ∂/∂x₀ = p₁ (1 - tanh²(1/2)) = 0.1360528 * 0.7864477 = 0.1069984; ∂/∂h is twice that.
        Assert.Equal(-0.1462436, value.item<double>(), 1e-7);
        Assert.Equal(0.2139968, hidden.grad!.item<double>(), 1e-7);
        TensorAssert.Near(tensor(new[,] { { 0.1069984 }, { -0.1069984 } }), weight.grad!, 1e-7);
    }

    [Fact]
    public void Without_gradients_the_values_are_the_same()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, targets, _) = Inputs(ScalarType.Float64);
        AssertSameWithoutGradients(hidden, weight, targets, cap: null, chunkRows: 2);
    }

    [Fact]
    public void A_frozen_weight_gets_no_gradient_and_hidden_states_keep_theirs()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, targets, _) = Inputs(ScalarType.Float64);
        weight.requires_grad_(false);
        ChunkedLogProbs.Of(hidden, weight, targets, chunkRows: 3).sum().backward();
        Assert.Null(weight.grad);
        Assert.NotNull(hidden.grad);
    }

    [Fact]
    public void Weights_of_16_bits_give_float32_log_probabilities_and_gradients_of_16_bits()
    {
        using var scope = NewDisposeScope();
        var (hidden, weight, targets, _) = Inputs(ScalarType.BFloat16);
        var values = ChunkedLogProbs.Of(hidden, weight, targets, chunkRows: 3);
        values.sum().backward();
        Assert.Equal(ScalarType.Float32, values.dtype);
        Assert.Equal(ScalarType.BFloat16, weight.grad!.dtype);
        var exact = hidden.to(ScalarType.Float64).mm(weight.to(ScalarType.Float64).t()).log_softmax(1).gather(1, targets.unsqueeze(1)).squeeze(1);
        TensorAssert.Near(exact, values.to(ScalarType.Float64), 2e-2); // a logit of about 2 has a step of 2^-7 in bfloat16
    }

    [Fact]
    public void Large_logits_stay_finite()
    {
        using var scope = NewDisposeScope();
        var hidden = tensor(new[,] { { 1e4f }, { -1e4f } }).requires_grad_();
        var weight = tensor(new[,] { { 1f }, { -1f } });
        var values = ChunkedLogProbs.Of(hidden, weight, tensor(new long[] { 0, 0 }), chunkRows: 1);
        values.sum().backward();
        // z = (1e4, -1e4): log p = 0; z = (-1e4, 1e4): log p = -2e4, its derivative by h is 1 - (p₀ - p₁) = 2.
        Assert.Equal([0f, -2e4f], values.data<float>().ToArray());
        Assert.Equal([0f, 2f], hidden.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Shapes_are_checked_before_any_native_call()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => ChunkedLogProbs.Of(zeros(2, 3), zeros(4, 5), zeros(2, dtype: ScalarType.Int64)));
        Assert.Contains("[M, H] and output weight [V, H] must agree in H", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ChunkedLogProbs.Of(zeros(2, 3), zeros(4, 3), zeros(3, dtype: ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => ChunkedLogProbs.Of(zeros(2, 3), zeros([4, 3], ScalarType.Float64), zeros(2, dtype: ScalarType.Int64)));
    }

    // To the bit where the chunks are the same; rows that are kept for backward are one product, which may round in another way than its parts.
    [Theory, InlineData(ScalarType.Float32), InlineData(ScalarType.BFloat16)]
    public void A_pass_without_gradients_has_the_bits_of_one_with_them(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var (hidden, weight) = (randn(37, 24, generator: generator).to(type), randn(50, 24, generator: generator).to(type));
        var targets = arange(37, dtype: ScalarType.Int64);
        var learnt = ChunkedLogProbs.Of(hidden, weight.detach().requires_grad_(), targets, chunkRows: 5, keptRows: 20, temperature: 0.7);
        using (no_grad())
            Assert.Equal(TensorAssert.Doubles(learnt), TensorAssert.Doubles(ChunkedLogProbs.Of(hidden, weight, targets, chunkRows: 5, keptRows: 20, temperature: 0.7)));
        learnt.sum().backward();
    }

    private static void AssertSameWithoutGradients(Tensor hidden, Tensor weight, Tensor targets, double? cap, int chunkRows)
    {
        var kept = ChunkedLogProbs.Of(hidden, weight, targets, cap, chunkRows);
        var chunked = ChunkedLogProbs.Of(hidden, weight, targets, cap, chunkRows, keptRows: 0);
        using var noGrad = no_grad();
        var without = ChunkedLogProbs.Of(hidden, weight, targets, cap, chunkRows);
        Assert.True(kept.requires_grad && chunked.requires_grad && !without.requires_grad);
        TensorAssert.Near(chunked, without, 0);
        TensorAssert.Near(kept, without, 0);
        // Whole chunks are kept, whatever room there is.
        using var withGrad = enable_grad();
        TensorAssert.Near(ChunkedLogProbs.Of(hidden, weight, targets, cap, chunkRows, keptRows: chunkRows + 1), without, 0);
    }

    private static (Tensor Hidden, Tensor Weight, Tensor Targets, Tensor Upstream) Inputs(ScalarType type)
    {
        using var generator = new Generator(7);
        var hidden = randn([Rows, Width], ScalarType.Float64, generator: generator).to(type).requires_grad_();
        var weight = randn([Vocabulary, Width], ScalarType.Float64, generator: generator).to(type).requires_grad_();
        var upstream = randn([Rows], ScalarType.Float64, generator: generator);
        return (hidden, weight, tensor(new long[] { 0, 10, 3, 3, 7, 1, 5 }), upstream);
    }
}
