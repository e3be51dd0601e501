using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>A shared prompt, padding and batches change neither states nor gradients.</summary>
public sealed class HiddenTests : IDisposable
{
    private readonly DecoderModel model = DecoderModel.FromScratch(TinyLlama.Config with { DataType = ScalarType.Float64 }, 5);

    [Fact]
    public void A_prompt_that_is_stored_once_gives_what_two_rows_give_and_the_same_gradients()
    {
        using var scope = NewDisposeScope();
        var (prompt, chosen, rejected) = (TinyLlama.Ids(1, 5), TinyLlama.Ids(2, 3), TinyLlama.Ids(3, 6));
        var (otherPrompt, otherChosen, otherRejected) = (TinyLlama.Ids(4, 2), TinyLlama.Ids(5, 4), TinyLlama.Ids(6, 1));
        using var shared = TokenLayout.Of([new TokenizedPair(prompt, chosen, rejected), new TokenizedPair(otherPrompt, otherChosen, otherRejected)]);
        using var apart = TokenLayout.Of(
        [
            new TokenizedExample(prompt, chosen), new TokenizedExample(prompt, rejected),
            new TokenizedExample(otherPrompt, otherChosen), new TokenizedExample(otherPrompt, otherRejected),
        ]);
        var (one, oneGradients) = LogProbsAndGradients(shared);
        var (two, twoGradients) = LogProbsAndGradients(apart);
        Assert.InRange(TinyLlama.LargestDifference(one, two), 0, 1e-9);
        foreach (var (a, b) in oneGradients.Zip(twoGradients)) Assert.InRange(TinyLlama.LargestDifference(a, b), 0, 1e-9);
    }

    [Fact]
    public void A_batch_of_rows_gives_what_each_row_gives_alone()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        int[][] rows = [TinyLlama.Ids(1, 2), TinyLlama.Ids(2, 17), TinyLlama.Ids(3, 9)];
        using var batch = TinyLlama.Layout(rows);
        var alone = rows.Select(row =>
        {
            using var layout = TinyLlama.Layout(row);
            return model.Hidden(layout);
        });
        Assert.InRange(TinyLlama.LargestDifference(model.Hidden(batch), cat([.. alone])), 0, 1e-9);
    }

    [Fact]
    public void No_token_sees_a_later_one()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var row = TinyLlama.Ids(1, 12);
        using var one = TinyLlama.Layout(row);
        row[7] = (row[7] + 1) % 37;
        using var two = TinyLlama.Layout(row);
        var (before, after) = (model.Hidden(one), model.Hidden(two));
        Assert.InRange(TinyLlama.LargestDifference(before.narrow(0, 0, 7), after.narrow(0, 0, 7)), 0, 1e-12);
        for (var place = 7; place < 12; place++) Assert.InRange(TinyLlama.LargestDifference(before[place], after[place]), 1e-4, 100);
    }

    [Fact]
    public void Gradients_are_those_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var layout = TinyLlama.Layout(TinyLlama.Ids(1, 6), TinyLlama.Ids(2, 4));
        var (_, gradients) = LogProbsAndGradients(layout);
        var names = model.named_parameters().ToList();
        using var noGrad = no_grad();
        foreach (var ((_, parameter), gradient) in names.Zip(gradients))
        {
            var flat = parameter.detach().view(-1);
            var at = flat.NumberOfElements / 2;
            const double h = 1e-5;
            double Value(double change)
            {
                flat[at].add_(change);
                return model.TokenLogProbs(layout).Values.square().sum().item<double>();
            }
            var slope = (Value(h) - Value(-2 * h)) / (2 * h);
            flat[at].add_(h);
            Assert.Equal(slope, gradient.view(-1)[at].item<double>(), 1e-4);
        }
    }

    [Fact]
    public void A_layout_that_does_not_fit()
    {
        using var large = TinyLlama.Layout([1, 37]);
        Assert.Throws<ArgumentException>(() => model.Hidden(large));
        using var longer = TinyLlama.Layout(TinyLlama.Ids(1, 65));
        Assert.Equal("Sequences must have at most 64 tokens for this model; asked for 65. (Parameter 'layout')", Assert.Throws<ArgumentException>(() => model.Hidden(longer)).Message);
    }

    public void Dispose() => model.Dispose();

    private (Tensor Values, List<Tensor> Gradients) LogProbsAndGradients(TokenLayout layout)
    {
        model.zero_grad();
        var values = model.TokenLogProbs(layout).Values;
        values.square().sum().backward();
        return (values.detach(), [.. model.parameters().Select(parameter => parameter.grad!.clone())]);
    }
}
