using TorchSharp;
using static TorchSharp.torch;

namespace Packages.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Numbers_go_in_and_come_out()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[,] { { 1f, 2f, 3f }, { 4f, 5f, 6f } });
        Assert.Equal([2L, 3], x.shape);
        Assert.Equal(ScalarType.Float32, x.dtype);
        Assert.Equal(6f, x.data<float>()[1, 2]);
        Assert.Equal([1f, 4, 2, 5, 3, 6], x.t().data<float>().ToArray()); // through strides
        Assert.Equal(5f, x[1, 1].item<float>());
        Assert.Equal([4f, 5, 6], x.select(0, 1).data<float>().ToArray());
    }

    [Fact]
    public void Reading_another_type_is_an_error()
    {
        using var x = ones(2);
        Assert.Throws<ArgumentException>(() => x.data<long>());
        Assert.Throws<ArgumentException>(() => x.item<float>());
    }

    [Fact]
    public void Scalars_keep_the_type_of_the_tensor()
    {
        using var scope = NewDisposeScope();
        var whole = arange(3);
        Assert.Equal(ScalarType.Int64, (whole * 2).dtype);
        Assert.Equal(ScalarType.Float32, (whole * 2.5).dtype);
        Assert.Equal(ScalarType.Float64, (ones(1, dtype: ScalarType.Float64) * 2).dtype);
        Assert.Equal(ScalarType.BFloat16, (ones(1, dtype: ScalarType.BFloat16) + 1).dtype);
        Assert.Equal(-0.5, (0.5 - ones(1)).ToDouble());
        Assert.Equal(0.25, (1 / full([1], 4.0)).ToDouble());
    }

    [Fact]
    public void Slices_are_views_and_index_put_writes_into_them()
    {
        using var scope = NewDisposeScope();
        var x = arange(10, dtype: ScalarType.Float32).reshape(2, 5);
        x[TensorIndex.Colon, TensorIndex.Slice(1, 5, 2)] = zeros(2, 2);
        Assert.Equal([0f, 0, 2, 0, 4, 5, 0, 7, 0, 9], x.data<float>().ToArray());
        x.narrow(1, 0, 1).fill_(-1);
        Assert.Equal(-1f, x[1, 0].item<float>());
    }

    [Fact]
    public void In_place_operators_return_the_same_object()
    {
        using var x = ones(3);
        Assert.Same(x, x.add_(1));
        Assert.Same(x, x.mul_(2).sub_(x));
        Assert.Equal([0f, 0, 0], x.data<float>().ToArray());
    }

    [Fact]
    public void Views_share_memory_and_storage()
    {
        using var scope = NewDisposeScope();
        var x = zeros(4);
        var view = x.view(2, 2);
        view.fill_(3);
        Assert.Equal(3f, x[3].item<float>());
        Assert.Equal(x.storage<float>().data_ptr(), view.storage<float>().data_ptr());
        Assert.NotEqual(x.storage<float>().data_ptr(), x.clone().storage<float>().data_ptr());
    }

    [Fact]
    public void Bytes_can_be_read_and_written()
    {
        using var x = zeros(2);
        BitConverter.GetBytes(1.5f).CopyTo(x.bytes[4..]);
        Assert.Equal([0f, 1.5f], x.data<float>().ToArray());
    }

    [Fact]
    public void Bfloat16_rounds_to_the_nearest_of_8_bits()
    {
        using var scope = NewDisposeScope();
        // Between 1 and 2 the step is 2^-7: 1.003 lies nearer to 1 than to 1.0078125, 1.005 to the latter.
        Assert.Equal([1f, 1.0078125f], tensor(new[] { 1.003f, 1.005f }).to(ScalarType.BFloat16).to(ScalarType.Float32).data<float>().ToArray());
        var sum = full([4, 4], 0.5, dtype: ScalarType.BFloat16).mm(full([4, 4], 0.5, dtype: ScalarType.BFloat16));
        Assert.Equal(ScalarType.BFloat16, sum.dtype);
        Assert.Equal(1f, sum.to(ScalarType.Float32)[3, 3].item<float>());
    }

    [Fact]
    public void Sorting_choosing_and_scattering_agree_with_pencil()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 3f, 1f, 2f });
        Assert.Equal([1L, 2, 0], x.argsort().data<long>().ToArray());
        var (values, indices) = x.topk(2);
        Assert.Equal([3f, 2f], values.data<float>().ToArray());
        Assert.Equal([0L, 2], indices.data<long>().ToArray());
        Assert.Equal([0f, 4, 0, 2], zeros(4).index_add(0, tensor(new long[] { 1, 3, 1 }), x, 1).data<float>().ToArray().Select((v, i) => i == 1 ? v - 1 : i == 3 ? v + 1 : v));
        Assert.Equal([3f, 0, 2], where(x.gt(1), x, zeros(3)).data<float>().ToArray());
        Assert.Equal(Math.Log(Math.Exp(3) + Math.Exp(1) + Math.Exp(2)), x.logsumexp(0).ToDouble(), 6);
        Assert.Equal([5f, 1f], new[] { x.cumsum(0).max().item<float>() - 1, x.min().item<float>() });
    }

    [Fact]
    public void Many_pieces_come_back_in_order()
    {
        using var scope = NewDisposeScope();
        var parts = arange(7).split(3);
        Assert.Equal([3L, 3, 1], parts.Select(part => part.numel()));
        Assert.Equal(arange(7).data<long>().ToArray(), cat(parts).data<long>().ToArray());
        Assert.Equal([2L, 7], stack(new[] { arange(7), arange(7) }).shape);
    }

    [Fact]
    public void Causal_attention_ignores_what_comes_later()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (q, k, v) = (randn(1, 2, 4, 8), randn(1, 2, 4, 8), randn(1, 2, 4, 8));
        var all = nn.functional.scaled_dot_product_attention(q, k, v, null, 0, true);
        var first = nn.functional.scaled_dot_product_attention(q.narrow(2, 0, 2), k.narrow(2, 0, 2), v.narrow(2, 0, 2), null, 0, true);
        Assert.True(all.narrow(2, 0, 2).allclose(first, atol: 1e-6));
        // The first token sees itself alone.
        Assert.True(all.select(2, 0).allclose(v.select(2, 0), atol: 1e-6));
    }

    [Fact]
    public void Attention_with_a_mask_equals_the_softmax_of_masked_scores()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var (q, k, v) = (randn(1, 1, 3, 4), randn(1, 1, 5, 4), randn(1, 1, 5, 4));
        var mask = tensor(new[,] { { true, true, false, false, true }, { true, false, true, true, true }, { false, false, false, true, true } });
        var scores = (q.matmul(k.transpose(-2, -1)) / 2.0).masked_fill(mask.logical_not(), double.NegativeInfinity);
        var output = nn.functional.scaled_dot_product_attention(q, k, v, mask);
        Assert.True(output.allclose(scores.softmax(-1).matmul(v), atol: 1e-6));
        Assert.Throws<ArgumentException>(() => nn.functional.scaled_dot_product_attention(q, k, v, mask, 0, true));
    }
}
