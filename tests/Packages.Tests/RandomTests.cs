using TorchSharp;
using static TorchSharp.torch;

namespace Packages.Tests;

public sealed class RandomTests
{
    [Fact]
    public void A_seed_gives_the_same_numbers_again()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var first = randn([3], generator: generator);
        generator.manual_seed(5);
        Assert.Equal(first.data<float>().ToArray(), randn([3], generator: generator).data<float>().ToArray());
        using var other = new Generator(6);
        Assert.NotEqual(first.data<float>().ToArray(), randn([3], generator: other).data<float>().ToArray());
    }

    [Fact]
    public void A_generator_goes_on_from_a_saved_state()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(11);
        rand([5], generator: generator);
        var state = generator.get_state();
        Assert.Equal(ScalarType.Byte, state.dtype);
        var next = rand([5], generator: generator);
        generator.set_state(state);
        Assert.Equal(next.data<float>().ToArray(), rand([5], generator: generator).data<float>().ToArray());
    }

    [Fact]
    public void A_generator_of_its_own_leaves_the_default_one_alone()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var state = generator.get_state();
        for (var i = 0; i < 3; i++) generator.set_state(state);
        var first = multinomial(tensor(new[] { 0.2f, 0.3f, 0.5f }), 20, true, generator);
        generator.set_state(state);
        Assert.Equal(first.data<long>().ToArray(), multinomial(tensor(new[] { 0.2f, 0.3f, 0.5f }), 20, true, generator).data<long>().ToArray());
    }

    [Fact]
    public void A_permutation_has_every_number_once()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (long)i), randperm(50, generator: generator).data<long>().ToArray().Order());
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(2);
        var x = empty(100_000).normal_(2, 3, generator);
        Assert.Equal(2, x.mean().ToDouble(), 0.05); // its standard deviation is 3 / sqrt(100,000) = 0.0095
        Assert.Equal(3, x.std().ToDouble(), 0.05);
    }
}
