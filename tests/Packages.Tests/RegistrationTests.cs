using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>What a module finds in its fields, and under which names.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public void Fields_register_under_their_names_or_their_attributes()
    {
        using var module = new Mixed();
        Assert.Equal(["scale", "Inner.weight", "Inner.bias"], module.named_parameters().Select(p => p.name));
        Assert.Equal(["mean", "count"], module.named_buffers().Select(b => b.name));
        Assert.Equal(["Inner"], module.named_children().Select(c => c.name));
        Assert.Same(module.Factor, module.get_parameter("scale"));
        Assert.Equal(3, module.get_parameter("Inner.bias")!.shape[0]);
        Assert.True(module.has_buffer("mean"));
        Assert.False(module.has_parameter("Inner.nothing"));
        Assert.Null(module.get_parameter("Absent"));
    }

    [Fact]
    public void Without_recursion_only_the_own_parameters_are_given()
    {
        using var module = new Mixed();
        Assert.Equal(["scale"], module.named_parameters(recurse: false).Select(p => p.name));
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        using var module = new Bare();
        module.register_parameter("p", new Parameter(ones(1)));
        module.register_buffer("b", ones(1));
        using var other = new Parameter(ones(1));
        Assert.Equal("Parameter p is already registered.",
            Assert.Throws<InvalidOperationException>(() => module.register_parameter("p", other)).Message);
        Assert.Equal("Tensor b is already registered.",
            Assert.Throws<InvalidOperationException>(() => module.register_buffer("b", other)).Message);
        module.Add("m", nn.Identity());
        Assert.Equal("Sub-module m is already registered.",
            Assert.Throws<InvalidOperationException>(() => module.Add("m", nn.Identity())).Message);
    }

    [Fact]
    public void Empty_tensors_and_wrong_names_are_refused()
    {
        using var module = new Bare();
        var disposed = new Parameter(ones(1));
        disposed.Dispose();
        Assert.StartsWith("A null tensor cannot be registered as a parameter.",
            Assert.Throws<ArgumentNullException>(() => module.register_parameter("p", disposed)).Message, StringComparison.Ordinal);
        Assert.StartsWith("A null tensor cannot be registered as a buffer.",
            Assert.Throws<ArgumentNullException>(() => module.register_buffer("b", null!)).Message, StringComparison.Ordinal);
        Assert.Equal("module name can't contain \".\", got: a.b",
            Assert.Throws<ArgumentException>(() => module.Add("a.b", nn.Identity())).Message);
    }

    [Fact]
    public void A_parameter_made_in_a_scope_dies_with_it_although_it_is_registered()
    {
        One module;
        using (NewDisposeScope()) module = new One(1f);
        Assert.True(module.weight.IsInvalid);
        Assert.Empty(module.parameters());
        Assert.Empty(module.state_dict());
    }

    [Fact]
    public void A_linear_map_made_in_a_scope_lives_on()
    {
        Linear linear;
        using (NewDisposeScope()) linear = nn.Linear(2, 2);
        Assert.Equal(2, linear.parameters().Count());
        linear.Dispose();
        Assert.Empty(linear.parameters());
    }

    [Fact]
    public void One_wrapper_in_two_modules_is_one_parameter_with_two_names()
    {
        using var shared = new Parameter(ones(1));
        using var pair = new Pair(new One(shared), new One(shared));
        Assert.Single(pair.parameters());
        Assert.Equal(["first.weight", "second.weight"], pair.state_dict().Keys);
    }

    [Fact]
    public void Two_wrappers_of_one_tensor_are_two_parameters_and_move_twice_a_step()
    {
        using var weight = new Parameter(ones(1));
        using var pair = new Pair(new One(weight), new One(new Parameter(weight.alias())));
        Assert.Equal(2, pair.parameters().Count());
        weight.grad = ones(1);
        using var sgd = optim.SGD(pair.parameters(), 0.1);
        sgd.step();
        Assert.Equal(0.8f, weight.item<float>(), 6); // 1 - 0.1 - 0.1
    }

    [Fact]
    public void Containers_register_by_position_or_key()
    {
        using var list = nn.ModuleList(new One(1f), new One(2f));
        using var dict = nn.ModuleDict(("a", new One(3f)), ("b", new One(4f)));
        using var parameters = nn.ParameterList(new Parameter(ones(1)), new Parameter(ones(1)));
        using var outer = new Bare();
        outer.Add("list", list);
        outer.Add("dict", dict);
        outer.Add("parameters", parameters);
        Assert.Equal(["list.0.weight", "list.1.weight", "dict.a.weight", "dict.b.weight", "parameters.0", "parameters.1"],
            outer.named_parameters().Select(p => p.name));
        Assert.Equal(["list", "dict", "parameters", "list.0", "list.1", "dict.a", "dict.b"], outer.named_modules().Select(m => m.name));
    }

    [Fact]
    public void A_module_without_parameters_takes_none()
    {
        using var dropout = nn.Dropout();
        using var parameter = new Parameter(ones(1));
        Assert.Equal("Cannot register a parameter on a module that is declared 'parameter-less.'",
            Assert.Throws<InvalidOperationException>(() => dropout.register_parameter("p", parameter)).Message);
    }

    [Fact]
    public void Disposing_a_module_disposes_its_parameters_buffers_and_submodules()
    {
        var module = new Mixed();
        var (factor, mean, inner) = (module.Factor, module.mean, module.Inner.weight);
        module.Dispose();
        Assert.True(factor.IsInvalid && mean.IsInvalid && inner.IsInvalid);
    }
}
