using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>The update by a pencil, and what a new one starts as.</summary>
public sealed class LowRankUpdateTests
{
    [Theory, InlineData(false, 2.0), InlineData(true, 4.0)]
    public void The_formula_by_hand(bool isRankStabilized, double scale)
    {
        using var scope = NewDisposeScope();
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        var options = new LoraOptions
        {
            Rank = 4, Alpha = 8, UsesRankStabilization = isRankStabilized, Targets = LoraTargets.Named("lm_head"),
        };
        model.Adapters.Add("a", options, 1);
        var before = model.get_parameter("lm_head.weight")!;
        var down = model.get_parameter("lm_head.lora_A.a.weight")!;
        var up = model.get_parameter("lm_head.lora_B.a.weight")!;
        Assert.Equal([4, 24], down.shape);
        Assert.Equal([37, 4], up.shape);
        TinyAdapters.AssertSameBits(before, model.OutputWeight.detach());   // B is 0

        using (no_grad()) up[5, 2] = tensor(0.5f);
        // Only row 5 changes: by s · 0.5 · (row 2 of A), with s = 8 / 4 or 8 / √4.
        var change = (model.OutputWeight - before).detach();
        Assert.InRange(TinyLlama.LargestDifference(change[5], down[2].detach() * (0.5 * scale)), 0, 1e-6);
        change[5] = tensor(0f);
        Assert.Equal(0, change.abs().max().item<float>());
    }

    [Fact]
    public void A_part_gives_its_own_output_and_the_update_of_its_input()
    {
        using var scope = NewDisposeScope();
        var weight = tensor(new float[,] { { 1, 2 }, { 3, 4 } });
        var down = tensor(new float[,] { { 1, -1 } });
        var up = tensor(new float[,] { { 10 }, { 20 } });
        var part = new Projection(new ParameterScope(new Given(weight)), 2, 2);
        var update = new LowRankUpdate(
            new AdapterMatrix(new ParameterScope(new Given(down)), 1, 2), new AdapterMatrix(new ParameterScope(new Given(up)), 2, 1), 0.5, 0);
        // x = (3, 1): W x = (5, 13); A x = 2; s B A x = (10, 20).
        var output = update.Output(part, tensor(new float[,] { { 3, 1 } }), new AdapterState());
        Assert.Equal([15f, 33f], output.detach().data<float>().ToArray());
    }

    [Fact]
    public void A_begins_uniform_within_one_over_the_root_of_its_inputs_and_B_as_zero()
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        model.Adapters.Add("a", new LoraOptions { Rank = 16 }, 7);
        foreach (var (name, parameter) in model.named_parameters().Where(entry => entry.name.Contains(".lora_", StringComparison.Ordinal)))
        {
            var numbers = parameter.detach().data<float>().ToArray();
            var bound = 1 / Math.Sqrt(parameter.shape[1]);
            if (name.Contains("lora_B", StringComparison.Ordinal)) Assert.All(numbers, number => Assert.Equal(0, number));
            else
            {
                Assert.All(numbers, number => Assert.InRange(number, -bound, bound));
                // The variance of a uniform distribution over ±b is b² / 3; 384 numbers or more know theirs to about a tenth.
                Assert.InRange(numbers.Average(number => (double)number * number) / (bound * bound / 3), 0.8, 1.2);
            }
        }
    }

    [Fact]
    public void A_seed_means_one_adapter()
    {
        using var one = DecoderModel.FromScratch(TinyLlama.Config, 1);
        using var two = DecoderModel.FromScratch(TinyLlama.Config, 1);
        one.Adapters.Add("a", TinyAdapters.Everything, 7);
        two.Adapters.Add("b", TinyAdapters.Everything, 7);
        foreach (var (left, right) in one.Adapters.Parameters("a").Zip(two.Adapters.Parameters("b"))) TinyAdapters.AssertSameBits(left, right);
        one.Adapters.Add("c", TinyAdapters.Everything, 8);
        TinyAdapters.AssertDiffer(one.Adapters.Parameters("a")[0], one.Adapters.Parameters("c")[0]);
    }

    private sealed class Given(Tensor value) : ParameterSource(ScalarType.Float32, CPU)
    {
        public override Parameter Take(string name, long[] shape, InitialValue initial)
        {
            Assert.Equal(value.shape, shape);
            return new Parameter(value.clone());
        }
    }
}
