namespace Alignment.Data.Tests.Transforms;

public sealed class RatingPairsTests
{
    [Fact]
    public async Task The_best_against_the_worst()
    {
        var pairs = await PairsAsync([.. Group("p", 3, 5, 1, 5, 1), .. Group("q", 2, 2), .. Group("r", 7), .. Group("s", 1, 2)], new());
        // Of p, the first 5 (row 1) and the first 1 (row 2); q has a tie and r one response.
        Assert.Equal(["p: p1 > p2 by 4", "s: s1 > s0 by 1"], pairs.Select(Line));
    }

    [Fact]
    public async Task Every_two_with_a_difference()
    {
        // 3 5 1 5: 5 > 3, 3 > 1, 5 > 3, 5 > 1, 5 > 1; the two fives make no pair. 4 different ratings would make 4 * 3 / 2 = 6.
        var pairs = await PairsAsync(Group("p", 3, 5, 1, 5), new() { Pairing = RatingPairing.All });
        Assert.Equal(["p: p1 > p0 by 2", "p: p0 > p2 by 2", "p: p3 > p0 by 2", "p: p1 > p2 by 4", "p: p3 > p2 by 4"], pairs.Select(Line));
        pairs = await PairsAsync(Group("p", 3, 5, 1, 5), new() { Pairing = RatingPairing.All, MinimumGap = 4 });
        Assert.Equal(["p: p1 > p2 by 4", "p: p3 > p2 by 4"], pairs.Select(Line));
    }

    [Fact]
    public async Task As_many_pairs_as_the_formula_says()
    {
        // n (n - 1) / 2 minus m (m - 1) / 2 for every m equal ratings.
        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var ratings = Enumerable.Range(0, random.Next(2, 12)).Select(_ => (double)random.Next(5)).ToArray();
            var pairs = await PairsAsync(Group("p", ratings), new() { Pairing = RatingPairing.All });
            var expected = Two(ratings.Length) - ratings.CountBy(rating => rating).Sum(group => Two(group.Value));
            Assert.Equal(expected, pairs.Count);
            Assert.All(pairs, pair => Assert.True(pair.Margin > 0));
        }

        static int Two(int n) => n * (n - 1) / 2;
    }

    [Fact]
    public async Task The_best_against_a_random_one_is_uniform_and_depends_on_seed_and_prompt_alone()
    {
        // 3,000 prompts with ratings 9 1 5 8 9: the other is each of rows 1, 2 and 3 about 1,000 times, standard deviation 25.8; 5 of them allowed.
        var rows = Enumerable.Range(0, 3000).SelectMany(i => Group($"p{i}", 9, 1, 5, 8, 9)).ToArray();
        var options = new RatingPairOptions { Pairing = RatingPairing.BestAgainstRandom };
        var pairs = await PairsAsync(rows, options);
        Assert.Equal(3000, pairs.Count);
        Assert.All(pairs, pair => Assert.EndsWith("0", pair.Chosen.Text, StringComparison.Ordinal));
        var counts = pairs.CountBy(pair => pair.Rejected.Text![^1]).ToDictionary();
        Assert.Equal("123", string.Concat(counts.Keys.Order()));
        Assert.All(counts.Values, count => Assert.InRange(count, 871, 1129));

        Assert.Equal(pairs.TakeLast(1000), await PairsAsync(rows[(2000 * 5)..], options));
        Assert.NotEqual(pairs, await PairsAsync(rows, options with { Seed = 43 }));
    }

    [Fact]
    public async Task A_random_one_is_drawn_among_those_with_the_gap_only()
    {
        var rows = Enumerable.Range(0, 100).SelectMany(i => Group($"p{i}", 9, 1, 8.5)).ToArray();
        var pairs = await PairsAsync(rows, new() { Pairing = RatingPairing.BestAgainstRandom, MinimumGap = 2 });
        Assert.Equal(100, pairs.Count);
        Assert.All(pairs, pair => Assert.Equal(8, pair.Margin));
    }

    [Fact]
    public async Task Ids_and_sources_are_carried()
    {
        RatedResponse[] rows =
        [
            new("p", "a", 1) { Id = "x", Source = "s" }, new("p", "b", 2) { Id = "y", Source = "t" },
            new("q", "a", 1) { Id = "z" }, new("q", "b", 2) { Id = "z" },
        ];
        var pairs = await PairsAsync(rows, new());
        Assert.Equal([("y > x", "t"), ("z", null)], pairs.Select(pair => (pair.Id, pair.Source)));
    }

    [Fact]
    public async Task A_prompt_with_too_many_responses_is_named()
    {
        RatedResponse[] rows = [.. Group("p", 1, 2), .. Group("q", 1, 2, 3, 4)];
        var error = await Assert.ThrowsAsync<DataFormatException>(() => PairsAsync(rows, new() { MaxGroupSize = 3 }));
        Assert.Equal("Row 5: a prompt may have 3 responses one after another (MaxGroupSize); it has more.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingPairOptions { MaxGroupSize = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RatingPairOptions { MinimumGap = double.NaN });
    }

    private static RatedResponse[] Group(string prompt, params double[] ratings) =>
        [.. ratings.Select((rating, i) => new RatedResponse(prompt, $"{prompt}{i}", rating))];

    private static string Line(PreferencePair pair) => $"{pair.Prompt}: {pair.Chosen} > {pair.Rejected} by {pair.Margin}";

    private static async Task<List<PreferencePair>> PairsAsync(RatedResponse[] rows, RatingPairOptions options) =>
        await rows.ToAsyncEnumerable().PairByRating(options).ToListAsync();
}
