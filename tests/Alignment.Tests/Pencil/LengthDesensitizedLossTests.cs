using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class LengthDesensitizedLossTests
{
    private static TokenLogProbs Tokens(double[] values) => new(tensor(values), tensor(new long[] { 0, 0, 0, 1, 2, 3, 3 }), [3, 1, 1, 2]);

    [Fact]
    public void Tokens_beyond_the_shared_length_count_alpha()
    {
        // pair 0: 3 and 1 tokens, shared 1: chosen -1 + 0.25 (-2 - 4) = -2.5, rejected -3
        // pair 1: 1 and 2 tokens, shared 1: chosen -5, rejected -6 + 0.25 * -8 = -8
        using var loss = new LengthDesensitizedLoss { Alpha = 0.25 };
        var pairs = loss.Pairs(Tokens([-1, -2, -4, -3, -5, -6, -8]));
        Near.Equal([-2.5, -5], TensorAssert.Doubles(pairs.Chosen), 1e-15);
        Near.Equal([-3, -8], TensorAssert.Doubles(pairs.Rejected), 1e-15);
        Near.Equal([3, 1], TensorAssert.Doubles(pairs.ChosenLengths!), 0);
        Near.Equal([1, 2], TensorAssert.Doubles(pairs.RejectedLengths!), 0);
    }

    [Fact]
    public void The_loss_is_that_of_the_inner_one_on_weighted_sums()
    {
        // reference 0 everywhere; z = 0.5 (-2.5 - -3) = 0.25 and 0.5 (-5 - -8) = 1.5; the gradient of a token beyond the shared length is α times that of one within
        using var loss = new LengthDesensitizedLoss { Alpha = 0.25, Loss = new DpoLoss { Beta = 0.5 } };
        var tokens = Tokens([-1, -2, -4, -3, -5, -6, -8]);
        tokens.Values.requires_grad_();
        var output = loss.call(loss.Pairs(tokens), loss.Pairs(Tokens([0, 0, 0, 0, 0, 0, 0])));
        output.PerPair.sum().backward();
        Near.Equal([0.5759394198788436, 0.2014132779827524], TensorAssert.Doubles(output.PerPair), 1e-14);   // ln(1 + e^-0.25), ln(1 + e^-1.5)
        var (a, b) = (0.21891174955710097, 0.09121276190317817);   // 0.5 σ(-0.25), 0.5 σ(-1.5)
        Near.Equal([-a, -a / 4, -a / 4, a, -b, b, b / 4], TensorAssert.Doubles(tokens.Values.grad!), 1e-14);
    }

    [Fact]
    public void Alpha_1_is_the_plain_sum()
    {
        using var loss = new LengthDesensitizedLoss { Alpha = 1 };
        var pairs = loss.Pairs(Tokens([-1, -2, -4, -3, -5, -6, -8]));
        Near.Equal([-7, -5], TensorAssert.Doubles(pairs.Chosen), 1e-15);
        Near.Equal([-3, -14], TensorAssert.Doubles(pairs.Rejected), 1e-15);
    }

    [Fact]
    public void Odd_numbers_of_sequences_and_wrong_lengths_are_refused()
    {
        var odd = new TokenLogProbs(zeros(2), zeros(2, ScalarType.Int64), [1, 1, 0]);
        Assert.StartsWith("Pairs need an even number of sequences. Actual number was 3.", Assert.Throws<ArgumentException>(() => LengthDesensitization.Of(odd, 0.5)).Message, StringComparison.Ordinal);
        var wrong = new TokenLogProbs(zeros(2), zeros(2, ScalarType.Int64), [1, 2]);
        Assert.StartsWith("tokens.Values must be [3], the sum of the lengths", Assert.Throws<ArgumentException>(() => LengthDesensitization.Of(wrong, 0.5)).Message, StringComparison.Ordinal);
        Assert.StartsWith("alpha must be at least 0 and at most 1.", Assert.Throws<ArgumentOutOfRangeException>(() => LengthDesensitization.Of(wrong, 1.5)).Message, StringComparison.Ordinal);
    }
}
