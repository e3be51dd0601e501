using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>Conversion of modules to another element type.</summary>
public sealed class MovingTests
{
    [Fact]
    public void Floating_point_parameters_and_buffers_are_replaced_and_disposed()
    {
        using var module = new Mixed();
        var (factor, mean, weight) = (module.Factor, module.mean, module.Inner.weight);
        Assert.Same(module, module.to(ScalarType.BFloat16));

        Assert.True(factor.IsInvalid && mean.IsInvalid && weight.IsInvalid);
        Assert.Equal(ScalarType.BFloat16, module.Factor.dtype);
        Assert.Equal(ScalarType.BFloat16, module.mean.dtype);
        Assert.Equal(ScalarType.BFloat16, module.Inner.weight.dtype);
        Assert.Same(module.Factor, module.get_parameter("scale"));
        Assert.Same(module.mean, module.get_buffer("mean"));
        Assert.Equal(ScalarType.Int64, module.count.dtype);
        Assert.Equal(5L, module.count.item<long>());
        Assert.True(module.Factor.requires_grad && module.Factor.is_leaf);
    }

    [Fact]
    public void Nothing_is_replaced_where_nothing_changes()
    {
        using var module = new Mixed();
        var (factor, mean) = (module.Factor, module.mean);
        module.to(ScalarType.Float32).cpu();
        Assert.Same(factor, module.Factor);
        Assert.Same(mean, module.mean);
        Assert.False(factor.IsInvalid || mean.IsInvalid);
    }

    [Fact]
    public void What_is_converted_in_a_scope_outlives_it()
    {
        using var module = new Mixed();
        using (NewDisposeScope()) module.to(ScalarType.Float64);
        Assert.False(module.Factor.IsInvalid || module.mean.IsInvalid || module.Inner.weight.IsInvalid);
    }

    [Fact]
    public void Gradients_are_converted_too()
    {
        using var module = new One(1f, 2f);
        module.weight.grad = Make.Floats(3, 4);
        module.to(ScalarType.Float64);
        Assert.Equal([3.0, 4.0], module.weight.grad!.data<double>().ToArray());
    }

    [Fact]
    public void A_frozen_parameter_stays_frozen()
    {
        using var module = new One(new Parameter(ones(1), requires_grad: false));
        module.to(ScalarType.Float64);
        Assert.False(module.weight.requires_grad);
    }

    [Fact]
    public void Integer_types_are_refused()
    {
        using var module = new One(1f);
        var error = Assert.Throws<ArgumentException>(() => module.to(ScalarType.Int64));
        Assert.Equal("nn.Module.to only accepts floating point or complex types, but got desired dtype=Int64", error.Message);
    }

    [Fact]
    public void An_optimizer_made_before_the_conversion_knows_no_parameter_any_more()
    {
        using var module = new One(1f);
        using var fixedList = optim.AdamW(module.parameters().ToArray());
        using var lazyList = optim.AdamW(module.parameters());
        module.to(ScalarType.Float64);
        module.weight.grad = ones(1, dtype: ScalarType.Float64);
        Assert.Throws<KeyNotFoundException>(() => fixedList.step());
        Assert.Throws<KeyNotFoundException>(() => lazyList.step());
    }
}
