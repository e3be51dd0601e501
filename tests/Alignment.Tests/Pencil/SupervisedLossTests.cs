using Alignment.Losses;
using static TorchSharp.torch;

namespace Alignment.Tests.Pencil;

public sealed class SupervisedLossTests
{
    // Sequence 0 has tokens of -1 and -2 nats, sequence 1 one of -4; tokens need not lie in order.
    private static TokenLogProbs Three(Tensor values) => new(values, tensor(new long[] { 0, 1, 0 }), [2, 1]);

    [Fact]
    public void Two_responses_computed_by_hand()
    {
        // A step of 3 tokens: (1 + 2) / 3 = 1 and 4 / 3. In a step of 8, whose other 5 tokens are elsewhere: 3/8 and 4/8.
        using var loss = new SupervisedLoss();
        var logProbs = Three(tensor(new[] { -1.0, -4.0, -2.0 }));
        Near.Equal([1, 4.0 / 3], TensorAssert.Doubles(loss.call(logProbs, 3)), 1e-15);
        Near.Equal([0.375, 0.5], TensorAssert.Doubles(loss.call(logProbs, 8)), 1e-15);
    }

    [Fact]
    public void Every_token_of_the_step_gets_the_same_gradient()
    {
        using var loss = new SupervisedLoss();
        var values = tensor(new[] { -1.0, -4.0, -2.0 }).requires_grad_();
        loss.call(Three(values), 8).sum().backward();
        Assert.Equal([-0.125, -0.125, -0.125], TensorAssert.Doubles(values.grad!));
    }

    [Fact]
    public void Bad_input_is_named()
    {
        using var loss = new SupervisedLoss();
        var values = tensor(new[] { -1.0, -4.0, -2.0 });
        var ids = tensor(new long[] { 0, 1, 0 });
        Refused("Values must be [M] with at least one response token", new TokenLogProbs(zeros(0), zeros(0, dtype: ScalarType.Int64), [0]));
        Refused("SequenceIds must be int64 [3]", new TokenLogProbs(values, tensor(new long[] { 0, 1 }), [2, 1]));
        Refused("SequenceIds must be int64 [3]", new TokenLogProbs(values, tensor(new[] { 0, 1, 0 }), [2, 1]));
        Refused("Lengths must add up to the 3 tokens of Values; got 4.", new TokenLogProbs(values, ids, [2, 2]));
        var few = Assert.Throws<ArgumentOutOfRangeException>(() => loss.call(Three(values), 2));
        Assert.StartsWith("totalTokens must count all response tokens of the step, at least the 3 of this batch.", few.Message, StringComparison.Ordinal);

        void Refused(string message, TokenLogProbs input) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => loss.call(input, 3)).Message, StringComparison.Ordinal);
    }
}
