using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Rows of a table, against plain selection.</summary>
public sealed class EmbeddingRowsTests
{
    private static readonly long[] Ids = [2, 0, 2, 4, 2];

    [Fact]
    public void Rows_and_gradient_are_those_of_a_selection()
    {
        using var scope = NewDisposeScope();
        var (plain, table, upstream) = Inputs(ScalarType.Float64);
        var (expected, actual) = (plain.index_select(0, tensor(Ids)), EmbeddingRows.Of(table, tensor(Ids)));
        (expected * upstream).sum().backward();
        (actual * upstream).sum().backward();
        Assert.Equal(0, TinyLlama.LargestDifference(expected, actual));
        Assert.InRange(TinyLlama.LargestDifference(plain.grad!, table.grad!), 0, 1e-15);
    }

    [Fact]
    public void Two_passes_and_another_use_of_the_table_add_up()
    {
        using var scope = NewDisposeScope();
        var (plain, table, upstream) = Inputs(ScalarType.Float64);
        for (var pass = 0; pass < 2; pass++)
        {
            ((plain.index_select(0, tensor(Ids)) * upstream).sum() + plain.square().sum()).backward();
            ((EmbeddingRows.Of(table, tensor(Ids)) * upstream).sum() + table.square().sum()).backward();
        }
        Assert.InRange(TinyLlama.LargestDifference(plain.grad!, table.grad!), 0, 1e-14);
    }

    [Theory]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float16)]
    public void Tables_of_16_bits_get_the_gradient_that_autograd_gives(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var (plain, table, upstream) = Inputs(type);
        (plain.index_select(0, tensor(Ids)) * upstream).sum().backward();
        (EmbeddingRows.Of(table, tensor(Ids)) * upstream).sum().backward();
        Assert.Equal(plain.grad!.bytes.ToArray(), table.grad!.bytes.ToArray());
    }

    [Fact]
    public void A_frozen_table_and_passes_without_gradients_keep_nothing()
    {
        using var scope = NewDisposeScope();
        var (_, table, _) = Inputs(ScalarType.Float64);
        using (no_grad()) Assert.False(EmbeddingRows.Of(table, tensor(Ids)).requires_grad);
        Assert.False(EmbeddingRows.Of(table.requires_grad_(false), tensor(Ids)).requires_grad);
        Assert.Null(table.grad);
    }

    private static (Tensor Plain, Tensor Table, Tensor Upstream) Inputs(ScalarType type)
    {
        using var generator = new Generator(5);
        var numbers = randn([5, 3], ScalarType.Float64, generator: generator).to(type);
        return (numbers.clone().requires_grad_(), numbers.clone().requires_grad_(), randn([5, 3], ScalarType.Float64, generator: generator).to(type));
    }
}
