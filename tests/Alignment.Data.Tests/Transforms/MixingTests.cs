namespace Alignment.Data.Tests.Transforms;

public sealed class MixingTests
{
    [Theory]
    [InlineData(new[] { 0.5, 0.5 })]
    [InlineData(new[] { 3.0, 1 })]
    [InlineData(new[] { 0.7, 0.2, 0.1 })]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 })]
    [InlineData(new[] { 1000.0, 1 })]
    public async Task Every_beginning_has_the_shares_that_were_asked_for(double[] weights)
    {
        // |count - n w / W| < max(1, k - 1) for every n: the bound stands in the summary of Mixing.
        var bound = Math.Max(1, weights.Length - 1);
        for (var seed = 0; seed < 5; seed++)
        {
            var counts = new int[weights.Length];
            var rows = await MixAsync(Endless(weights), new MixOptions { Seed = seed }).Take(5000).ToListAsync();
            for (var n = 1; n <= rows.Count; n++)
            {
                counts[rows[n - 1].Source]++;
                for (var i = 0; i < weights.Length; i++)
                    Assert.True(Math.Abs(counts[i] - n * weights[i] / weights.Sum()) < bound, $"Source {i} has {counts[i]} of {n} rows.");
            }
        }
    }

    [Fact]
    public async Task Rows_stay_in_the_order_of_their_source()
    {
        var rows = await MixAsync(Endless(2, 1)).Take(300).ToListAsync();
        foreach (var source in rows.GroupBy(row => row.Source))
            Assert.Equal(Enumerable.Range(0, source.Count()), source.Select(row => row.Number));
    }

    [Fact]
    public async Task The_seed_decides_and_nothing_else()
    {
        var first = await MixAsync(Endless(5, 3, 2)).Take(100).ToListAsync();
        Assert.Equal(first, await MixAsync(Endless(5, 3, 2)).Take(100).ToListAsync());
        Assert.Equal(first, await MixAsync(Endless(50, 30, 20)).Take(100).ToListAsync());
        Assert.NotEqual(first, await MixAsync(Endless(5, 3, 2), new MixOptions { Seed = 43 }).Take(100).ToListAsync());
    }

    [Fact]
    public async Task It_ends_with_the_first_source()
    {
        var rows = await MixAsync([Source(0, 10, 1), Source(1, 1000, 1)]).ToListAsync();
        Assert.Equal(10, rows.Count(row => row.Source == 0));
        Assert.InRange(rows.Count(row => row.Source == 1), 9, 11);
    }

    [Fact]
    public async Task Or_with_the_last_one_and_then_every_row_comes_once()
    {
        var rows = await MixAsync([Source(0, 10, 1), Source(1, 1000, 1), Source(2, 0, 1)], new MixOptions { Stop = MixStop.AllExhausted }).ToListAsync();
        Assert.Equal((1010, 1010), (rows.Count, rows.Distinct().Count()));
        Assert.InRange(rows.Take(20).Count(row => row.Source == 0), 9, 10);
    }

    [Fact]
    public async Task Or_when_all_have_ended_once_with_the_shorter_ones_repeated()
    {
        var rows = await MixAsync([Source(0, 10, 1), Source(1, 100, 2)], new MixOptions { Stop = MixStop.AllExhaustedWithRepeats }).ToListAsync();
        Assert.Equal(100, rows.Count(row => row.Source == 1));
        var repeated = rows.Where(row => row.Source == 0).ToList();
        Assert.InRange(repeated.Count, 49, 51);
        Assert.Equal(repeated.Select((_, i) => i % 10), repeated.Select(row => row.Number));

        var error = await Assert.ThrowsAsync<DataFormatException>(
            async () => await MixAsync([Source(0, 5, 1), Source(1, 0, 1)], new MixOptions { Stop = MixStop.AllExhaustedWithRepeats }).CountAsync());
        Assert.Equal("Source 1 of the mixture has no rows to repeat.", error.Message);
    }

    [Fact]
    public async Task Sources_are_closed_when_the_reader_stops()
    {
        var closed = 0;
        await foreach (var _ in Mixing.Mix([new MixSource<int>(Guarded(), 1), new MixSource<int>(Guarded(), 1)]).Take(5)) { }
        Assert.Equal(2, closed);

        async IAsyncEnumerable<int> Guarded()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await Task.Yield();
                    yield return i;
                }
            }
            finally
            {
                closed++;
            }
        }
    }

    [Fact]
    public void Wrong_sources_are_refused()
    {
        Assert.Equal("A mixture needs at least one source. (Parameter 'sources')", Assert.Throws<ArgumentException>(() => Mixing.Mix<int>([])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new MixSource<int>(AsyncEnumerable.Empty<int>(), 0));
        Assert.Throws<ArgumentNullException>(() => new MixSource<int>(null!, 1));
    }

    private static IAsyncEnumerable<(int Source, int Number)> MixAsync(MixSource<(int Source, int Number)>[] sources, MixOptions? options = null) =>
        Mixing.Mix(sources, options);

    private static MixSource<(int Source, int Number)>[] Endless(params double[] weights) =>
        [.. weights.Select((weight, i) => Source(i, int.MaxValue, weight))];

    private static MixSource<(int Source, int Number)> Source(int source, int count, double weight) =>
        new(Enumerable.Range(0, count).Select(number => (source, number)).ToAsyncEnumerable(), weight);
}
