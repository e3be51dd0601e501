using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Scores of models/llama_reward against transformers; bfloat16 weights computed in float32. 1e-4: two float32 implementations of a whole model.</summary>
public sealed class RewardModelTests : IDisposable
{
    private const double Tolerance = 1e-4;

    private readonly ModelRecord record = new("llama_reward");
    private readonly DecoderRewardModel model = PretrainedModel.LoadRewardModel(ModelRecord.FolderOf("llama_reward"), ScalarType.Float32);

    [Theory]
    [InlineData("right")]
    [InlineData("left")]
    public void Scores_whatever_the_padding_was(string side)
    {
        using var scope = NewDisposeScope();
        using var layout = TinyLlama.Layout(record.Rows(side));
        Assert.InRange(TinyLlama.LargestDifference(record[$"scores_{side}"].squeeze(1), model.Scores(layout).detach()), 0, Tolerance);
    }

    /// <remarks>transformers looks for the last token that is not the padding, and so reads such a row one token early.</remarks>
    [Fact]
    public void A_row_whose_last_token_is_the_padding_is_read_at_that_token_and_not_before()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var ids = record["input_ids_last_is_pad"];
        var lengths = record["attention_mask_right"].sum(1).data<long>().ToArray();
        var row = Array.FindIndex(lengths, length => ids[Array.IndexOf(lengths, length)][length - 1].item<long>() == 0);
        int[] whole = [.. ids[row].data<long>().Take((int)lengths[row]).Select(id => (int)id)];
        Assert.Equal(0, whole[^1]);   // the id of the padding
        var recorded = record["scores_last_is_pad"][row].item<float>();

        using var early = TinyLlama.Layout(whole[..^1]);
        Assert.Equal(recorded, model.Scores(early).item<float>(), Tolerance);
        using var values = PretrainedModel.LoadValueModel(record.Folder, ScalarType.Float32);
        using var oneMore = TinyLlama.Layout([.. whole, 7]);
        using var layout = TinyLlama.Layout(whole);
        var score = model.Scores(layout).item<float>();
        Assert.Equal(values.Values(oneMore)[-1].item<float>(), score, Tolerance);
        Assert.True(Math.Abs(score - recorded) > 0.1);
    }

    [Fact]
    public void A_row_scores_the_same_alone_in_a_batch_and_beside_another_that_shares_its_prompt()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var rows = record.Rows("right");
        var expected = record["scores_right"].squeeze(1);
        foreach (var (row, i) in rows.Select((row, i) => (row, i)))
        {
            using var alone = TinyLlama.Layout(row);
            Assert.InRange(TinyLlama.LargestDifference(expected[i], model.Scores(alone)[0]), 0, Tolerance);
        }
        using var pairs = TokenLayout.Of([.. rows.Select(row => new TokenizedPair(row[..4], row[4..], [1, 2, 3]))]);
        Assert.InRange(TinyLlama.LargestDifference(expected, model.Scores(pairs).view(-1, 2).select(1, 0)), 0, Tolerance);
    }

    [Fact]
    public void The_gradient_of_every_parameter()
    {
        using var scope = NewDisposeScope();
        using var layout = TinyLlama.Layout(record.Rows("right"));
        model.Scores(layout).sum().backward();
        var expected = record.Io.GetProperty("grad_norms_of_score_sum").EnumerateObject().ToDictionary(norm => norm.Name, norm => norm.Value.GetDouble());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), model.named_parameters().Select(entry => entry.name).Order(StringComparer.Ordinal));
        foreach (var (name, parameter) in model.named_parameters())
            Assert.InRange(parameter.grad!.norm().item<float>() / expected[name], 1 - Tolerance, 1 + Tolerance);
    }

    [Fact]
    public void A_value_model_of_the_same_files_gives_the_head_at_every_state()
    {
        using var scope = NewDisposeScope();
        using var values = PretrainedModel.LoadValueModel(record.Folder, ScalarType.Float32);
        var rows = record.Rows("right");
        using var layout = TinyLlama.Layout(rows);
        // A row of n tokens as a prompt of one: values at its tokens 0 to n - 2, the states from which tokens 1 to n - 1 were chosen.
        var expected = rows.Select((row, i) => record["per_token_values_right"][i].narrow(0, 0, row.Length - 1));
        Assert.InRange(TinyLlama.LargestDifference(cat([.. expected]), values.Values(layout).detach()), 0, Tolerance);
    }

    public void Dispose()
    {
        record.Dispose();
        model.Dispose();
    }
}
