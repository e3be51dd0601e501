using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Rows that leave a session and several rows of one prompt change nothing for the others.</summary>
public sealed class KeepTests : IDisposable
{
    private readonly DecoderModel model = DecoderModel.FromScratch(TinyLlama.Config, 11);

    [Fact]
    public void Rows_that_stay_go_on_as_if_nothing_had_happened()
    {
        using var scope = NewDisposeScope();
        int[][] prompts = [TinyLlama.Ids(1, 4), TinyLlama.Ids(2, 7), TinyLlama.Ids(3, 1), TinyLlama.Ids(4, 7)];
        using var all = model.StartDecoding(prompts, 6);
        using var some = model.StartDecoding(prompts, 6);
        int[] rows = [0, 1, 2, 3];
        foreach (var (step, kept) in new int[][] { [0, 1, 2, 3], [1, 2, 3], [0, 1], [0, 1], [1] }.Index())
        {
            some.Keep(kept);
            rows = [.. kept.Select(row => rows[row])];
            Assert.Equal(rows.Length, some.Rows);
            Same();
            var next = tensor(TinyLlama.Ids(step, 4).Select(id => (long)id).ToArray());
            all.Append(next);
            some.Append(next.index_select(0, Index()));
            Same();
        }

        void Same() => Assert.InRange(TinyLlama.LargestDifference(all.Logits.index_select(0, Index()), some.Logits), 0, 1e-5);

        Tensor Index() => tensor(rows.Select(row => (long)row).ToArray());
    }

    [Fact]
    public void Several_rows_of_a_prompt_are_those_of_as_many_prompts()
    {
        using var scope = NewDisposeScope();
        int[][] prompts = [TinyLlama.Ids(1, 4), TinyLlama.Ids(2, 7)];
        using var once = model.StartDecoding(prompts, 3, samplesPerPrompt: 3);
        using var often = model.StartDecoding([prompts[0], prompts[0], prompts[0], prompts[1], prompts[1], prompts[1]], 3);
        Assert.Equal(6, once.Rows);
        for (var step = 0; step < 3; step++)
        {
            Assert.InRange(TinyLlama.LargestDifference(often.Logits, once.Logits), 0, 1e-5);
            var next = tensor(TinyLlama.Ids(step, 6).Select(id => (long)id).ToArray());
            once.Append(next);
            often.Append(next);
        }
        Assert.InRange(TinyLlama.LargestDifference(often.Logits, once.Logits), 0, 1e-5);
    }

    [Fact]
    public void Leaving_allocates_nothing_that_stays()
    {
        using var session = model.StartDecoding([[1, 2], [3], [4, 5]], 4);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var count = Tensor.TotalCount;
        session.Keep([0, 2]);
        Assert.Equal(count, Tensor.TotalCount);
        session.Keep([1]);
        Assert.Equal(count, Tensor.TotalCount);
    }

    [Fact]
    public void What_cannot_be_kept()
    {
        var session = model.StartDecoding([[1, 2], [3]], 4);
        foreach (var (rows, came) in new (int[], string)[] { ([], ""), ([2], "2"), ([-1, 0], "-1, 0"), ([1, 0], "1, 0"), ([1, 1], "1, 1"), ([0, 5, 1], "0, 5, 1") })
            Assert.Equal(
                $"Rows must be indices from 0 to 1 in rising order, at least one; were [{came}]. (Parameter 'rows')",
                Assert.Throws<ArgumentException>(() => session.Keep(rows)).Message);
        Assert.StartsWith("samplesPerPrompt must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => model.StartDecoding([[1]], 1, 0)).Message, StringComparison.Ordinal);
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Keep([0]));
    }

    public void Dispose() => model.Dispose();
}
