using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>Modules at work: hooks, modes, gradients and the values of the usual layers.</summary>
public sealed class ModuleTests
{
    [Fact]
    public void Train_and_eval_reach_every_submodule()
    {
        using var dropout = nn.Dropout(0.5);
        using var pair = new Pair(new Pair(dropout, nn.Identity()), nn.Sequential(("relu", nn.ReLU())));
        Assert.True(pair.training && dropout.training);
        pair.eval();
        Assert.DoesNotContain(pair.modules(), module => module.training);
        using var input = ones(1000);
        using var same = dropout.call(input);
        Assert.Equal(1000f, same.sum().item<float>());
        pair.train();
        Assert.All(pair.modules(), module => Assert.True(module.training));
        using var thinned = dropout.call(input);
        Assert.All(thinned.data<float>().ToArray(), value => Assert.True(value is 0f or 2f));
        Assert.InRange(thinned.sum().item<float>(), 700f, 1300f); // 1000 with a deviation of 32
    }

    [Fact]
    public void Call_runs_hooks_in_order_and_forward_none()
    {
        using var module = new One(2f);
        var log = new List<string>();
        module.register_forward_pre_hook((nn.Module _) => log.Add("before"));
        module.register_forward_pre_hook((_, input) => input + 1);
        var remover = module.register_forward_hook((_, input, output) => output * 10);
        module.register_forward_hook((nn.Module _) => log.Add("after"));

        using var input = Make.Floats(3);
        Assert.Equal(80f, module.call(input).item<float>()); // (3 + 1) * 2 * 10
        Assert.Equal(["before", "after"], log);
        Assert.Equal(6f, module.forward(input).item<float>());
        remover.remove();
        Assert.Equal(8f, module.call(input).item<float>());
        Assert.Equal(4, log.Count);
    }

    [Fact]
    public void Zero_grad_of_a_module_drops_the_gradients_or_fills_them()
    {
        using var module = new One(1f);
        module.weight.grad = ones(1);
        module.zero_grad(set_to_none: false);
        Assert.Equal(0f, module.weight.grad!.item<float>());
        module.zero_grad();
        Assert.Null(module.weight.grad);
    }

    [Fact]
    public void Apply_goes_depth_first_and_ends_with_the_module_itself()
    {
        using var inner = new One(1f);
        using var middle = new Pair(inner, nn.Identity());
        using var outer = new Pair(middle, nn.Identity());
        var visited = new List<nn.Module>();
        outer.apply(visited.Add);
        Assert.Equal([inner, middle.second, middle, outer.second, outer], visited);
        Assert.Equal("Pair", outer.GetName());
    }

    [Fact]
    public void A_linear_map_by_hand()
    {
        using var linear = nn.Linear(new Parameter(Make.Floats(1, 2, 3, 4, 5, 6).reshape(3, 2)), new Parameter(Make.Floats(1, 0, -1)));
        Assert.Equal((2L, 3L), (linear.in_features, linear.out_features));
        using var output = linear.call(Make.Floats(1, -1));
        Assert.Equal([0f, -1f, -2f], output.data<float>().ToArray()); // 1 - 2 + 1; 3 - 4; 5 - 6 - 1
    }

    [Fact]
    public void A_new_linear_map_is_uniform_within_one_over_the_root_of_its_inputs()
    {
        using var linear = nn.Linear(100, 200);
        foreach (var parameter in linear.parameters())
        {
            Assert.InRange(parameter.abs().max().item<float>(), 0.09f, 0.1f);
            Assert.InRange(parameter.mean().item<float>(), -0.02f, 0.02f);
            Assert.True(parameter.requires_grad && parameter.is_leaf);
        }
        Assert.Null(nn.Linear(2, 2, hasBias: false).bias);
        Assert.Equal(ScalarType.BFloat16, nn.Linear(2, 2, dtype: ScalarType.BFloat16).weight.dtype);
    }

    [Fact]
    public void A_new_weight_takes_the_place_of_the_old_one()
    {
        using var linear = nn.Linear(2, 2);
        var old = linear.weight;
        var replacement = new Parameter(ones(2, 2));
        linear.weight = replacement;
        Assert.True(old.IsInvalid);
        Assert.Same(replacement, linear.get_parameter("weight"));
    }

    [Fact]
    public void An_embedding_gives_rows_and_its_padding_row_no_gradient()
    {
        using var embedding = nn.Embedding(3, 2, padding_idx: 1);
        Assert.Equal([0f, 0f], embedding.weight![1].data<float>().ToArray());
        using var rows = embedding.call(Make.Longs(2, 1, 2));
        Assert.Equal([3L, 2L], rows.shape);
        Assert.Equal(embedding.weight[2].data<float>().ToArray(), rows[0].data<float>().ToArray());
        rows.sum().backward();
        Assert.Equal([0f, 0f, 0f, 0f, 2f, 2f], embedding.weight.grad!.data<float>().ToArray());
        Assert.Equal(["weight"], embedding.state_dict().Keys);
    }

    [Fact]
    public void A_layer_norm_by_hand()
    {
        using var norm = nn.LayerNorm(2, eps: 0);
        using var output = norm.call(Make.Floats(1, 3)); // mean 2, deviation 1
        Assert.Equal([-1f, 1f], output.data<float>().ToArray());
        Assert.Equal(["weight", "bias"], norm.state_dict().Keys.OrderDescending());
        Assert.Equal(["weight"], nn.LayerNorm(2, bias: false).state_dict().Keys);
    }

    [Fact]
    public void A_sequence_calls_one_after_the_other()
    {
        using var sequence = nn.Sequential(new One(2f), new One(-3f), nn.ReLU());
        Assert.Equal(["0.weight", "1.weight"], sequence.named_parameters().Select(p => p.name));
        using var output = sequence.call(Make.Floats(1, -1));
        Assert.Equal([0f, 6f], output.data<float>().ToArray()); // relu(-6), relu(6)
        Assert.Equal(2, sequence[1..].Count);
        sequence.to(ScalarType.Float64);
        Assert.All(sequence.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
    }

    [Theory]
    [InlineData("relu", 0.0)]
    [InlineData("silu", -0.2689414213699951)] // -1 / (1 + e)
    [InlineData("gelu", -0.15865525393145707)] // -Φ(-1)
    [InlineData("tanh", -0.7615941559557649)] // (1 - e²) / (1 + e²)
    [InlineData("sigmoid", 0.2689414213699951)] // 1 / (1 + e)
    [InlineData("identity", -1.0)]
    public void Activations_at_minus_one(string name, double expected)
    {
        using nn.Module<Tensor, Tensor> module = name switch
        {
            "relu" => nn.ReLU(),
            "silu" => nn.SiLU(),
            "gelu" => nn.GELU(),
            "tanh" => nn.Tanh(),
            "sigmoid" => nn.Sigmoid(),
            _ => nn.Identity(),
        };
        using var output = module.call(full(1, -1.0, dtype: ScalarType.Float64));
        Assert.Equal(expected, output.item<double>(), 12);
    }

    [Fact]
    public void Initial_values_have_their_bounds()
    {
        using var table = empty(300, 100);
        Assert.Equal(2.5f, nn.init.constant_(table, 2.5).max().item<float>());
        Assert.Equal(1f, nn.init.ones_(table).min().item<float>());
        Assert.Equal(0f, nn.init.zeros_(table).abs().max().item<float>());
        Assert.InRange(nn.init.uniform_(table, -2, 3).max().item<float>(), 2.99f, 3f);
        Assert.InRange(nn.init.normal_(table, 5, 0.1).mean().item<float>(), 4.99f, 5.01f);
        Assert.InRange(nn.init.xavier_uniform_(table).abs().max().item<float>(), 0.121f, 0.12248f); // √(6 / 400)
        Assert.InRange(nn.init.kaiming_uniform_(table).abs().max().item<float>(), 0.242f, 0.24495f); // √2 √(3 / 100)
        using var weight = new Parameter(empty(2));
        Assert.True(nn.init.ones_(weight).is_leaf);
    }
}
