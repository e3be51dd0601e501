namespace Alignment.Data.Tests.Transforms;

public sealed class BufferedShuffleTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 10)]
    [InlineData(1000, 1)]
    [InlineData(1000, 64)]
    [InlineData(1000, 1000)]
    [InlineData(1000, 5000)]
    public async Task Every_row_comes_once_and_none_earlier_than_the_buffer_allows(int count, int buffer)
    {
        var rows = await ShuffledAsync(count, buffer);
        Assert.Equal(Enumerable.Range(0, count), rows.Order());
        Assert.All(rows.Index(), row => Assert.True(row.Item - row.Index < buffer, $"Row {row.Item} comes at {row.Index}."));
        if (buffer > 1 && count > 1) Assert.NotEqual(Enumerable.Range(0, count), rows);
        if (buffer == 1) Assert.Equal(Enumerable.Range(0, count), rows);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(499)]
    [InlineData(936)]
    [InlineData(990)]
    [InlineData(1000)]
    [InlineData(2000)]
    public async Task Resumed_is_uninterrupted(long position)
    {
        var whole = await ShuffledAsync(1000, 64);
        Assert.Equal(whole.Skip((int)position), await ShuffledAsync(1000, 64, position: position));
    }

    [Fact]
    public async Task Seed_and_epoch_decide()
    {
        var one = await ShuffledAsync(1000, 64);
        Assert.Equal(one, await ShuffledAsync(1000, 64));
        Assert.NotEqual(one, await ShuffledAsync(1000, 64, seed: 43));
        Assert.NotEqual(one, await ShuffledAsync(1000, 64, epoch: 1));

        // One stream gone through twice.
        var stream = Enumerable.Range(0, 1000).ToAsyncEnumerable().ShuffleBuffered(64, seed: 42);
        Assert.Equal(await stream.ToListAsync(), await stream.ToListAsync());
    }

    [Fact]
    public async Task A_buffer_of_all_rows_is_close_to_uniform()
    {
        // 6,000 seeds of 3 rows: each of 6 orders about 1,000 times, standard deviation 29; 5 of them allowed.
        var orders = new List<string>();
        for (var seed = 0; seed < 6000; seed++) orders.Add(string.Concat(await ShuffledAsync(3, 3, seed)));
        var counts = orders.CountBy(order => order).ToList();
        Assert.Equal(6, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 855, 1145));
    }

    [Fact]
    public async Task The_source_is_read_no_further_than_the_buffer()
    {
        var read = 0;
        await foreach (var _ in Enumerable.Range(0, 1000).Select(i => { read++; return i; }).ToAsyncEnumerable().ShuffleBuffered(10, 1).Take(5)) { }
        Assert.InRange(read, 11, 15);
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        var rows = AsyncEnumerable.Empty<int>();
        Assert.Equal("bufferSize", Assert.Throws<ArgumentOutOfRangeException>(() => rows.ShuffleBuffered(0, 1)).ParamName);
        Assert.Equal("epoch", Assert.Throws<ArgumentOutOfRangeException>(() => rows.ShuffleBuffered(1, 1, -1)).ParamName);
        Assert.Equal("position", Assert.Throws<ArgumentOutOfRangeException>(() => rows.ShuffleBuffered(1, 1, 0, -1)).ParamName);
    }

    private static async Task<List<int>> ShuffledAsync(int count, int buffer, int seed = 42, int epoch = 0, long position = 0) =>
        await Enumerable.Range(0, count).ToAsyncEnumerable().ShuffleBuffered(buffer, seed, epoch, position).ToListAsync();
}
