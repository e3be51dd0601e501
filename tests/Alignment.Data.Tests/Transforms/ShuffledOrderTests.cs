using Alignment.Training;

namespace Alignment.Data.Tests.Transforms;

public sealed class ShuffledOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Each_is_a_permutation(int count)
    {
        for (var seed = -2; seed <= 2; seed++)
            for (var epoch = 0; epoch < 3; epoch++)
                Assert.Equal(Enumerable.Range(0, count), new ShuffledOrder(count, seed, epoch).Order());
    }

    [Fact]
    public void All_orders_of_four_rows_come_equally_often()
    {
        // 24,000 seeds and 24 orders: each about 1,000 times, standard deviation 31; 5 of them allowed.
        var counts = Enumerable.Range(0, 24_000).Select(seed => string.Concat(new ShuffledOrder(4, seed))).CountBy(order => order).ToList();
        Assert.Equal(24, counts.Count);
        Assert.All(counts, count => Assert.InRange(count.Value, 845, 1155));
    }

    [Theory]
    [InlineData(42, 0, 43, 0)]
    [InlineData(42, 0, 42, 1)]
    [InlineData(42, 1, 43, 0)]
    [InlineData(-1, 0, 0, 0)]
    public void Neighbouring_seeds_and_epochs_are_strangers(int seed, int epoch, int otherSeed, int otherEpoch)
    {
        // Of 2,000 places of two independent orders, the number with the same row is about Poisson of mean 1, for every shift of one against the other.
        var (one, other) = (new ShuffledOrder(2000, seed, epoch), new ShuffledOrder(2000, otherSeed, otherEpoch));
        for (var shift = -2; shift <= 2; shift++)
            Assert.InRange(Enumerable.Range(2, 1996).Count(i => Math.Abs(one[i] - other[i + shift]) <= 1), 0, 15);
    }

    [Fact]
    public void From_a_position_it_goes_on_as_if_it_had_never_stopped()
    {
        var whole = new ShuffledOrder(1000, seed: 7, epoch: 3).ToArray();
        foreach (var position in (int[])[0, 1, 500, 999, 1000])
            Assert.Equal(whole[position..], new ShuffledOrder(1000, seed: 7, epoch: 3).From(position));
        Assert.Equal(whole, Enumerable.Range(0, 1000).Select(i => new ShuffledOrder(1000, 7, 3)[i]));
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledOrder(-1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledOrder(1, 0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledOrder(3, 0).From(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ShuffledOrder(3, 0).From(-1));
    }
}
