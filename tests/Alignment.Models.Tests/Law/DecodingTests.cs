using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Alignment.Models.Tests;

/// <summary>Decoding with a cache gives the numbers of a forward over the whole sequence.</summary>
public sealed class DecodingTests : IDisposable
{
    private readonly DecoderModel model = DecoderModel.FromScratch(TinyLlama.Config, 11);

    public static TheoryData<int[]> Lengths => [[1], [5], [4, 4, 4], [7, 1, 3], [2, 9]];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Logits_of_every_step_equal_those_of_a_full_forward(int[] lengths)
    {
        using var scope = NewDisposeScope();
        var rows = lengths.Select((length, row) => TinyLlama.Ids(100 + row, length)).ToArray();
        using var session = model.StartDecoding(rows, 6);
        Assert.Equal(lengths.Length, session.Rows);
        for (var step = 0; step <= 6; step++)
        {
            Assert.Equal(ScalarType.Float32, session.Logits.dtype);
            for (var row = 0; row < rows.Length; row++)
                Assert.InRange(TinyLlama.LargestDifference(session.Logits[row], LastLogits(rows[row])), 0, 1e-5);
            if (step == 6) break;
            var next = TinyLlama.Ids(step, rows.Length);
            session.Append(tensor(next.Select(id => (long)id).ToArray()));
            for (var row = 0; row < rows.Length; row++) rows[row] = [.. rows[row], next[row]];
        }
    }

    [Fact]
    public void The_half_precision_cache_gives_the_half_precision_forward()
    {
        using var scope = NewDisposeScope();
        using var half = DecoderModel.FromScratch(TinyLlama.Config with { DataType = ScalarType.BFloat16 }, 11);
        using var session = half.StartDecoding([TinyLlama.Ids(1, 6), TinyLlama.Ids(2, 3)], 2);
        session.Append(tensor(new long[] { 3, 4 }));
        using var noGrad = no_grad();
        using var layout = TinyLlama.Layout([.. TinyLlama.Ids(2, 3), 4]);
        var expected = F.linear(half.Hidden(layout), half.OutputWeight)[3];
        Assert.Equal(ScalarType.Float32, session.Logits.dtype);
        // One bfloat16 step at the size of these logits.
        Assert.InRange(TinyLlama.LargestDifference(session.Logits[1], expected), 0, 0.1);
    }

    [Fact]
    public void What_cannot_be_decoded()
    {
        Assert.Equal("prompts must hold at least one prompt. (Parameter 'prompts')", Fails([], 1));
        Assert.Equal("prompts[1] must hold at least one token id. (Parameter 'prompts')", Fails([[1], []], 1));
        Assert.Equal("prompts[0] must hold ids from 0 to 36; held 37. (Parameter 'prompts')", Fails([[1, 37]], 1));
        Assert.Equal("prompts[0] must hold ids from 0 to 36; held -1. (Parameter 'prompts')", Fails([[-1]], 1));
        Assert.Equal("Sequences must have at most 64 tokens for this model; asked for 65. (Parameter 'maxNewTokens')", Fails([[1, 2]], 63));
        Assert.StartsWith("maxNewTokens must be at least 1.", Fails([[1]], 0), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_that_cannot_be_taken()
    {
        using var scope = NewDisposeScope();
        var session = model.StartDecoding([[1, 2], [3]], 1);
        Assert.StartsWith("Tokens must be int64 [2]; got ", Assert.Throws<ArgumentException>(() => session.Append(zeros([1], dtype: ScalarType.Int64))).Message, StringComparison.Ordinal);
        Assert.StartsWith("Tokens must be int64 [2]; got ", Assert.Throws<ArgumentException>(() => session.Append(zeros([2], dtype: ScalarType.Int32))).Message, StringComparison.Ordinal);
        session.Append(zeros([2], dtype: ScalarType.Int64));
        Assert.Equal("There must be room for another token; the session was started for fewer.", Assert.Throws<InvalidOperationException>(() => session.Append(zeros([2], dtype: ScalarType.Int64))).Message);
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Logits);
        Assert.Throws<ObjectDisposedException>(() => session.Append(zeros([2], dtype: ScalarType.Int64)));
    }

    public void Dispose() => model.Dispose();

    private string Fails(int[][] prompts, int newTokens) => Assert.ThrowsAny<ArgumentException>(() => model.StartDecoding(prompts, newTokens)).Message;

    /// <summary>By one long row, whose states before the last are computed anew each time.</summary>
    private Tensor LastLogits(int[] row)
    {
        using var noGrad = no_grad();
        using var layout = TinyLlama.Layout(row.Length == 1 ? [row[0], 0] : row);   // a layout needs a response; causality hides it
        return F.linear(model.Hidden(layout)[row.Length - 1], model.OutputWeight);
    }
}
