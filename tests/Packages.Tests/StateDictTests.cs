using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Packages.Tests;

/// <summary>States of modules: names, copying, and the file format.</summary>
public sealed class StateDictTests
{
    [Fact]
    public void A_state_is_live_parameters_and_persistent_buffers()
    {
        using var module = new Mixed();
        module.register_buffer("scratch", ones(1), persistent: false);
        var state = module.state_dict();
        Assert.Equal(["Inner.bias", "Inner.weight", "count", "mean", "scale"], state.Keys.Order(StringComparer.Ordinal));
        Assert.Same(module.Factor, state["scale"]);
        Assert.Equal(["model.scale"], module.state_dict(prefix: "model").Keys.Where(key => key.EndsWith("scale", StringComparison.Ordinal)));
    }

    [Fact]
    public void Loading_copies_values_and_converts_types()
    {
        using var module = new One(1f, 2f);
        var parameter = module.weight;
        using var source = Make.Floats(3, 4).to(ScalarType.Float64);
        var (missing, unexpected) = module.load_state_dict(new() { ["weight"] = source });
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Same(parameter, module.weight);
        Assert.Equal([3f, 4f], module.weight.data<float>().ToArray());
    }

    [Fact]
    public void Strict_loading_wants_the_same_names()
    {
        using var module = new One(1f);
        using var value = ones(1);
        Dictionary<string, Tensor> other = new() { ["bias"] = value };
        Assert.Equal("The loaded state_dict is not identical to the target dictionary.",
            Assert.Throws<InvalidOperationException>(() => module.load_state_dict(other)).Message);
        var (missing, unexpected) = module.load_state_dict(other, strict: false);
        Assert.Equal(["weight"], missing);
        Assert.Equal(["bias"], unexpected);
        Assert.Empty(module.load_state_dict(other, skip: ["weight", "bias"]).missing_keys);
    }

    [Fact]
    public void The_file_format_byte_by_byte()
    {
        using var module = new One(1f, -2f);
        byte[] expected =
        [
            1, // entries
            6, .. "weight"u8,
            6, 1, 2, // float32, one dimension of two
            0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0,
        ];
        Assert.Equal(expected, Saved(module));
    }

    [Fact]
    public void What_was_saved_loads_into_another_module()
    {
        using var source = new Mixed();
        source.count.add_(2);
        using var target = new Mixed();
        using (var reader = new BinaryReader(new MemoryStream(Saved(source)))) target.load(reader);
        Assert.Equal(source.Inner.weight.data<float>().ToArray(), target.Inner.weight.data<float>().ToArray());
        Assert.Equal(7L, target.count.item<long>());
    }

    [Fact]
    public void Skipped_entries_are_read_over()
    {
        using var source = new Mixed();
        using var target = new Mixed();
        nn.init.constant_(source.Factor, 9);
        Dictionary<string, bool> loaded = [];
        using (var reader = new BinaryReader(new MemoryStream(Saved(source)))) target.load(reader, skip: ["scale"], loadedParameters: loaded);
        Assert.Equal(1f, target.Factor.max().item<float>());
        Assert.Equal(source.Inner.bias!.data<float>().ToArray(), target.Inner.bias!.data<float>().ToArray());
        Assert.Equal(5, loaded.Count);
    }

    [Fact]
    public void Files_that_do_not_fit_are_refused()
    {
        using var one = new One(1f);
        using var two = new Mixed();
        Assert.Equal("Mismatched state_dict sizes: expected 5, but found 1 entries.", Refused(two, Saved(one)));
        Assert.Equal("Mismatched tensor shape while loading. Make sure that the model you are loading into is exactly the same as the origin.",
            Refused(new One(1f, 2f), Saved(one)));
        Assert.Equal("Mismatched tensor data types while loading. Make sure that the model you are loading into is exactly the same as the origin.",
            Refused(new One(1f).to(ScalarType.Float64), Saved(one)));
        using var linear = nn.Linear(1, 1, hasBias: false);
        using var pair = new Pair(linear, nn.Identity());
        Assert.Equal("Mismatched module state names: the target modules does not have a submodule or buffer named 'weight'",
            Refused(pair, Saved(one)));
    }

    private static string Refused(nn.Module module, byte[] file)
    {
        using var reader = new BinaryReader(new MemoryStream(file));
        return Assert.Throws<ArgumentException>(() => module.load(reader)).Message;
    }

    private static byte[] Saved(nn.Module module)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        module.save(writer);
        return stream.ToArray();
    }
}
