using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models.Tests;

/// <summary>Every family in float64 against plain loops: states, log-probabilities and gradients, with caps, windows and scales at work.</summary>
public sealed class SlowDecoderTests
{
    private const double Tolerance = 1e-10;   // two orders of summation in float64

    public static TheoryData<string> Families => TinyFamily.All;

    [Theory]
    [MemberData(nameof(Families))]
    public void Hidden_states(string family)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyFamily.Model(family);
        var slow = new SlowDecoder(model);
        int[][] rows = [TinyLlama.Ids(1, 12), TinyLlama.Ids(2, 7), TinyLlama.Ids(3, 2)];
        using var layout = TinyLlama.Layout(rows);
        AssertNear([.. rows.SelectMany(row => slow.Hidden(row, longest: 12)).SelectMany(row => row)], model.Hidden(layout));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Log_probabilities_of_pairs_that_share_prompts(string family)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var model = TinyFamily.Model(family);
        var slow = new SlowDecoder(model);
        var pairs = Pairs();
        using var layout = TokenLayout.Of(pairs);
        var values = model.TokenLogProbs(layout);
        double[] expected = [.. pairs.SelectMany(pair => ((int[][])[[.. pair.Chosen], [.. pair.Rejected]])
            .SelectMany(response => slow.LogProbs([.. pair.Prompt, .. response], layout.MaxLength)[(pair.Prompt.Count - 1)..]))];
        AssertNear(expected, values.Values);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Gradients_are_the_slopes_of_the_loops(string family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model(family);
        var slow = new SlowDecoder(model);
        int[][] rows = [TinyLlama.Ids(1, 10), TinyLlama.Ids(2, 4)];
        using var layout = TinyLlama.Layout(rows);
        model.TokenLogProbs(layout).Values.square().sum().backward();
        double Loss() => rows.Sum(row => slow.LogProbs(row, longest: 10).Sum(value => value * value));
        var random = new Random(4);
        foreach (var (name, parameter) in model.named_parameters())
        {
            var numbers = slow[name];
            var gradient = parameter.grad!.flatten().data<double>().ToArray();
            for (var draw = 0; draw < 3; draw++)
            {
                const double h = 1e-5;
                var at = draw == 0 ? Array.IndexOf(gradient, gradient.MaxBy(Math.Abs)) : random.Next(numbers.Length);
                var before = numbers[at];
                numbers[at] = before + h;
                var above = Loss();
                numbers[at] = before - h;
                var below = Loss();
                numbers[at] = before;
                Near.Equal((above - below) / (2 * h), gradient[at], 1e-5);   // of a central difference: h² and 1e-14 / h, times a loss of hundreds
            }
        }
    }

    /// <summary>One setting in a layer of its own, and that a decoder without it would give other numbers.</summary>
    [Theory]
    [InlineData("window")]
    [InlineData("cap of scores")]
    [InlineData("query scale")]
    [InlineData("query and key norms")]
    [InlineData("partial rotary")]
    [InlineData("grouped heads")]
    [InlineData("local rope")]
    [InlineData("long rope")]
    [InlineData("cap of logits")]
    public void One_setting_in_one_layer(string setting)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (with, without) = Settings(setting);
        using var model = TinyFamily.Shaken(DecoderModel.FromScratch(with, 9));
        using var other = TinyFamily.Shaken(DecoderModel.FromScratch(without, 9));
        var row = TinyLlama.Ids(5, 11);
        using var layout = TinyLlama.Layout(row);
        var slow = new SlowDecoder(model);
        AssertNear([.. slow.Hidden(row).SelectMany(states => states)], model.Hidden(layout));
        AssertNear(slow.LogProbs(row), model.TokenLogProbs(layout).Values);
        Assert.InRange(TinyLlama.LargestDifference(model.TokenLogProbs(layout).Values, other.TokenLogProbs(layout).Values), 1e-3, 1e3);
    }

    [Fact]
    public void Logits_of_decoding_have_the_cap()
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model("gemma2");
        var row = TinyLlama.Ids(1, 9);
        using var session = model.StartDecoding([row], 1);
        var expected = new SlowDecoder(model).Logits(new SlowDecoder(model).Hidden(row)[^1]);
        Assert.All(session.Logits[0].data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
        Assert.InRange(expected.Max(Math.Abs), 1, 2.5);
        Assert.InRange(F.linear(model.Hidden(TinyLlama.Layout(row))[8], model.OutputWeight).abs().max().item<double>(), 2.5, 100);
    }

    private static (DecoderConfig With, DecoderConfig Without) Settings(string setting)
    {
        var plain = TinyFamily.Config("mistral") with { Layers = 1, Attention = new AttentionConfig { Heads = 4, HeadSize = 8 } };
        var gemma = TinyFamily.Config("gemma2") with { Layers = 1, LogitSoftCap = null, Attention = new AttentionConfig { Heads = 4, HeadSize = 8 } };
        var local = TinyFamily.Config("gemma3_text") with { Layers = 1 };
        local = local with { Attention = local.Attention with { Window = new SlidingWindow { Size = 3 } } };
        var partial = TinyFamily.Config("phi3") with { Layers = 1, Rope = new RopeConfig { Theta = 100, Fraction = 0.75 } };
        var longRope = TinyFamily.Config("phi3") with { Layers = 1 };
        var scaling = (LongRopeScaling)longRope.Rope.Scaling!;
        return setting switch
        {
            "window" => (plain with { Attention = plain.Attention with { Window = new SlidingWindow { Size = 3 } } }, plain),
            "cap of scores" => (gemma with { Attention = gemma.Attention with { SoftCap = 0.7 } }, gemma),
            "query scale" => (gemma with { Attention = gemma.Attention with { QueryScale = 3 } }, gemma),
            "query and key norms" => (TinyFamily.Config("qwen3") with { Layers = 1, Attention = plain.Attention }, plain),
            "partial rotary" => (partial, partial with { Rope = new RopeConfig { Theta = 100 } }),
            "grouped heads" => (plain with { Attention = plain.Attention with { KeyValueHeads = 2 } }, plain),
            "local rope" => (local, local with { LocalRope = local.Rope with { Scaling = null } }),
            "long rope" => (longRope, longRope with { Rope = longRope.Rope with { Scaling = scaling with { OriginalMaxPositions = 11 } } }),
            "cap of logits" => (gemma with { LogitSoftCap = 1 }, gemma),
            _ => throw new ArgumentOutOfRangeException(nameof(setting)),
        };
    }

    private static TokenizedPair[] Pairs() =>
    [
        new(TinyLlama.Ids(1, 6), TinyLlama.Ids(2, 3), TinyLlama.Ids(3, 7)),
        new(TinyLlama.Ids(4, 1), TinyLlama.Ids(5, 9), TinyLlama.Ids(6, 1)),
    ];

    private static void AssertNear(double[] expected, Tensor actual) => Near.Equal(expected, actual.flatten().data<double>().ToArray(), Tolerance);
}
