using static TorchSharp.torch;

namespace Alignment.Models.Tests.Adapters;

/// <summary>Adapters whose B is not zero, so that they change something.</summary>
internal static class TinyAdapters
{
    public static LoraOptions Everything { get; } = new() { Rank = 3, Alpha = 4 };

    public static DecoderModel Model(params string[] adapters)
    {
        var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        foreach (var (i, name) in adapters.Index()) Add(model, name, Everything, i);
        return model;
    }

    public static void Add(DecoderModel model, string name, LoraOptions options, long seed)
    {
        model.Adapters.Add(name, options, seed);
        Shake(model, name, seed);
    }

    /// <summary>Adds noise to all numbers of an adapter.</summary>
    public static void Shake(DecoderModel model, string name, long seed)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed + 100);
        foreach (var parameter in model.Adapters.Parameters(name))
            parameter.add_(empty(parameter.shape, dtype: ScalarType.Float32).normal_(0, 0.1, generator).to(parameter.dtype, parameter.device));
    }

    public static Tensor Logits(DecoderModel model)
    {
        using var layout = Layout();
        return LoraRecord.LogitsOf(model, layout);
    }

    public static TokenLayout Layout(Device? device = null) =>
        TokenLayout.Of([.. ((int[][])[TinyLlama.Ids(1, 5), TinyLlama.Ids(2, 9)]).Select(row => new TokenizedExample(row[..1], row[1..]))], device);

    public static Tensor Loss(DecoderModel model, TokenLayout layout) => -model.TokenLogProbs(layout).Values.mean();

    public static void AssertSameBits(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(expected.dtype, actual.dtype);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(expected.contiguous().bytes.SequenceEqual(actual.contiguous().bytes), "The bits differ.");
    }

    public static void AssertDiffer(Tensor one, Tensor two) => Assert.True(TinyLlama.LargestDifference(one, two) > 1e-3, "The values must differ.");
}
