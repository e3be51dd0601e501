using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class TokenSequencesTests
{
    private static readonly TokenSequences Three = TokenSequences.Of([2, 1, 3]);

    [Fact]
    public void Places_follow_from_lengths()
    {
        // tokens 0 1 | 2 | 3 4 5
        Assert.Equal((3, 6), (Three.SequenceCount, Three.TokenCount));
        Assert.Equal([0, 2, 3], Three.Offsets);
        Assert.Equal([1, 2, 5], TensorAssert.Doubles(Three.LastTokens()));
        Assert.Equal([0, 0, 1, 2, 2, 2], TensorAssert.Doubles(Three.SequenceIds()));
        Assert.Equal([3, 4, 18], TensorAssert.Doubles(Three.Sums(tensor(new[] { 1.0, 2, 4, 5, 6, 7 }))));
    }

    [Fact]
    public void Lengths_are_checked()
    {
        Assert.StartsWith("lengths must hold at least one response.", Assert.Throws<ArgumentException>(() => TokenSequences.Of([])).Message, StringComparison.Ordinal);
        Assert.StartsWith("lengths must be at least 1. Response 1 has 0 tokens.", Assert.Throws<ArgumentException>(() => TokenSequences.Of([2, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("values must be [M] with one number for each token, M = 6", Assert.Throws<ArgumentException>(() => Three.Sums(zeros(5))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 5, 2, 7, 2 }, 2, true)]   // the first end token counts, what follows does not
    [InlineData(new[] { 2, 5 }, 1, true)]
    [InlineData(new[] { 5, 7, 2 }, 3, true)]
    [InlineData(new[] { 5, 7, 9 }, 3, false)]
    public void A_response_ends_with_its_first_end_token(int[] tokens, int length, bool ended) =>
        Assert.Equal(new ResponseEnd(length, ended), ResponseEnd.Of(tokens, endToken: 2));

    [Fact]
    public void A_response_has_a_token() => Assert.Throws<ArgumentException>(() => ResponseEnd.Of([], 2));
}
