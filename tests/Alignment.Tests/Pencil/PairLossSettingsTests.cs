using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

/// <summary>Settings are checked where they are written; defaults are what the docs say.</summary>
public sealed class PairLossSettingsTests
{
    public static TheoryData<Func<double, object>, string, double> Wrong => new()
    {
        { v => new RobustDpoLoss { LabelSmoothing = v }, "LabelSmoothing must be at least 0 and below 0.5.", 0.5 },
        { v => new RobustDpoLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new IpoLoss { Beta = v }, "Beta must be a finite number greater than 0.", -1 },
        { v => new HingeLoss { Beta = v }, "Beta must be a finite number greater than 0.", double.NaN },
        { v => new SimPoLoss { Beta = v }, "Beta must be a finite number greater than 0.", double.PositiveInfinity },
        { v => new SimPoLoss { Gamma = v }, "Gamma must be a finite number, 0 or greater.", -0.1 },
        { v => new OrpoLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new ApoZeroLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new ApoDownLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new ExoLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new ExoLoss { LabelSmoothing = v }, "LabelSmoothing must be greater than 0 and below 0.5.", 0 },
        { v => new NcaLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new SppoHardLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new AotLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new AotLoss { LabelSmoothing = v }, "LabelSmoothing must be at least 0 and below 0.5.", double.NaN },
        { v => new AotUnpairedLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new AotUnpairedLoss { LabelSmoothing = v }, "LabelSmoothing must be at least 0 and below 0.5.", -0.1 },
        { v => new DiscoPopLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new DiscoPopLoss { Tau = v }, "Tau must be greater than 0 and at most 1.", 1.5 },
        { v => new BcoLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new LengthNormalizedDpoLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new RpoLoss { Beta = v }, "Beta must be a finite number greater than 0.", 0 },
        { v => new RpoLoss { NllWeight = v }, "NllWeight must be a finite number, 0 or greater.", double.NaN },
        { v => new LengthDesensitizedLoss { Alpha = v }, "Alpha must be at least 0 and at most 1.", double.NaN },
        { v => new AlphaDivergence { Alpha = v }, "Alpha must be a finite number, 0 or greater.", -1 },
        { v => new IpoLoss { Normalization = (IpoNormalization)v }, "Normalization must be one of PerToken, Summed.", 7 },
        { v => new ChosenNllLoss { Normalization = (NllNormalization)v }, "Normalization must be one of PerResponse, PerToken.", 7 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_setting_fails_where_it_is_written(Func<double, object> make, string message, double value) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentOutOfRangeException>(() => make(value)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_divergence_cannot_be_null() => Assert.Equal("Divergence", Assert.Throws<ArgumentNullException>(() => new DpoLoss { Divergence = null! }).ParamName);

    [Fact]
    public void Log_probabilities_are_float32_or_float64()
    {
        using var loss = new DpoLoss();
        var half = new PairLogProbs(zeros(2, ScalarType.BFloat16), zeros(2, ScalarType.BFloat16));
        Assert.StartsWith("policy.Chosen must be float32 or float64", Assert.Throws<ArgumentException>(() => loss.call(half, half)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_bring_their_lengths_into_pairs()
    {
        var pairs = new SequenceLogProbs(tensor(new[] { -1f, -2, -3, -4 }), [5, 6, 7, 8]).Pairs();
        Near.Equal([-1, -3], TensorAssert.Doubles(pairs.Chosen), 0);
        Near.Equal([5, 7], TensorAssert.Doubles(pairs.ChosenLengths!), 0);
        Near.Equal([6, 8], TensorAssert.Doubles(pairs.RejectedLengths!), 0);
        Assert.Equal(ScalarType.Float32, pairs.ChosenLengths!.dtype);
    }
}
