using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Prompts that attend once for two responses, and a last layer that computes only the rows that are asked for, change no number.</summary>
public sealed class SharedPromptTests
{
    public static TheoryData<string> Families => TinyFamily.All;

    [Theory]
    [MemberData(nameof(Families))]
    public void Long_prompts_give_what_sequences_apart_give_and_the_same_gradients(string family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model(family);
        using var shared = TokenLayout.Of(LongPrompts());
        using var apart = TokenLayout.Of(
            [.. LongPrompts().SelectMany(pair => new[] { new TokenizedExample(pair.Prompt, pair.Chosen), new TokenizedExample(pair.Prompt, pair.Rejected) })]);
        Assert.True(SharedPromptAttention.IsLessWork(shared));
        Assert.False(SharedPromptAttention.IsLessWork(apart));
        AssertSame(model, () => model.TokenLogProbs(apart).Values, () => model.TokenLogProbs(shared).Values);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_single_pair_gives_what_its_sequences_give(string family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model(family);
        var pair = LongPrompts()[0];
        using var shared = TokenLayout.Of([pair]);
        using var chosen = TokenLayout.Of([new TokenizedExample(pair.Prompt, pair.Chosen)]);
        using var rejected = TokenLayout.Of([new TokenizedExample(pair.Prompt, pair.Rejected)]);
        AssertSame(model, () => cat([model.TokenLogProbs(chosen).Values, model.TokenLogProbs(rejected).Values]), () => model.TokenLogProbs(shared).Values);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Rows_that_are_asked_for_are_those_of_all_rows(string family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model(family);
        foreach (var pairs in new[] { LongPrompts(), ShortPrompts() })
        {
            using var layout = TokenLayout.Of(pairs);
            foreach (var (rows, counts) in new[] { (layout.Sources, layout.ResponseLengths), (layout.Last, [1, 1, 1, 1]) })
                AssertSame(model, () => model.Hidden(layout).index_select(0, rows), () => model.Backbone.Hidden(layout, rows, counts));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Activation_checkpointing_gives_the_same_bits_and_leaves_nothing(string family)
    {
        using var scope = NewDisposeScope();
        using var model = TinyFamily.Model(family, ScalarType.Float32);
        var plain = Gradients(model);
        model.Backbone.UsesActivationCheckpointing = true;
        var checkpointed = Gradients(model);
        var before = Tensor.TotalCount;
        _ = Gradients(model);
        Assert.Equal(before, Tensor.TotalCount);
        foreach (var (one, two) in plain.Zip(checkpointed)) Assert.Equal(one, two);
    }

    [Theory]
    [InlineData(3, 2, true)]     // 2 * 2² = 8 < 3² = 9
    [InlineData(4, 3, false)]    // 18 > 16
    [InlineData(10, 7, true)]    // 98 < 100
    [InlineData(10, 8, false)]
    public void Prompts_go_apart_where_that_is_less_work(int prompt, int response, bool isLess)
    {
        using var layout = TokenLayout.Of([new TokenizedPair(TinyLlama.Ids(1, prompt), TinyLlama.Ids(2, response), TinyLlama.Ids(3, 1))]);
        Assert.Equal(isLess, SharedPromptAttention.IsLessWork(layout));
    }

    private static List<byte[]> Gradients(DecoderModel model)
    {
        using var scope = NewDisposeScope();
        using var layout = TokenLayout.Of(LongPrompts());
        model.zero_grad();
        (-model.TokenLogProbs(layout).Values.mean()).backward();
        var bytes = model.parameters().Select(parameter => parameter.grad!.bytes.ToArray()).ToList();
        model.zero_grad();
        return bytes;
    }

    /// <summary>Values of two ways and the gradients of their weighted sums, in float64.</summary>
    private static void AssertSame(DecoderModel model, Func<Tensor> expected, Func<Tensor> actual)
    {
        var (values, gradients) = Of(expected);
        var (otherValues, otherGradients) = Of(actual);
        Assert.InRange(TinyLlama.LargestDifference(values, otherValues), 0, 1e-10);
        Assert.Equal(gradients.Count, otherGradients.Count);
        foreach (var (one, two) in gradients.Zip(otherGradients)) Assert.InRange(TinyLlama.LargestDifference(one, two), 0, 1e-10);

        (Tensor Values, List<Tensor> Gradients) Of(Func<Tensor> run)
        {
            model.zero_grad();
            var output = run();
            (output * arange(output.numel(), dtype: ScalarType.Float64).view_as(output).cos()).sum().backward();
            return (output.detach(), [.. model.parameters().Where(parameter => parameter.grad is not null).Select(parameter => parameter.grad!.clone())]);
        }
    }

    private static TokenizedPair[] LongPrompts() =>
    [
        new(TinyLlama.Ids(1, 11), TinyLlama.Ids(2, 3), TinyLlama.Ids(3, 5)),
        new(TinyLlama.Ids(4, 4), TinyLlama.Ids(5, 1), TinyLlama.Ids(6, 6)),
    ];

    private static TokenizedPair[] ShortPrompts() =>
    [
        new(TinyLlama.Ids(1, 2), TinyLlama.Ids(2, 3), TinyLlama.Ids(3, 9)),
        new(TinyLlama.Ids(4, 4), TinyLlama.Ids(5, 1), TinyLlama.Ids(6, 6)),
    ];
}
