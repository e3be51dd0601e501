namespace Alignment.Data.Tests.Transforms;

public sealed class PromptSplitTests
{
    private static readonly PromptOnly[] Rows = [.. Enumerable.Range(0, 1000).Select(i => new PromptOnly($"prompt {i}"))];

    [Fact]
    public async Task A_split_computed_in_Python_is_met()
    {
        // From the hashes of ContentHashTests, by int.from_bytes(hash[:16], "big") >> 75 over 2**53.
        var parts = await new PromptSplit().PartitionAsync(Rows.ToAsyncEnumerable());
        Assert.Equal((899, 50, 51), (parts.Train.Count, parts.Validation.Count, parts.Test.Count));
        Assert.Equal([36, 41, 45, 101, 125, 169, 182, 183, 216, 217, 234, 240], parts.Test.Take(12).Select(row => Array.IndexOf(Rows, row)));
    }

    [Theory]
    [InlineData(0.1, 0.2)]
    [InlineData(0, 0.5)]
    [InlineData(0.3, 0)]
    public async Task Shares_are_those_of_a_binomial_distribution(double validation, double test)
    {
        const int Count = 20_000;
        var rows = Enumerable.Range(0, Count).Select(i => new PromptOnly($"{i}")).ToAsyncEnumerable();
        for (var salt = 0; salt < 3; salt++)
        {
            var parts = await new PromptSplit(new SplitOptions { Validation = validation, Test = test, Salt = $"{salt}" }).PartitionAsync(rows);
            Assert.Equal(Count, parts.Train.Count + parts.Validation.Count + parts.Test.Count);
            InBounds(parts.Validation.Count, validation);
            InBounds(parts.Test.Count, test);
        }

        // Five standard deviations of n p (1 - p).
        static void InBounds(int count, double share) =>
            Assert.InRange(count, Count * share - 5 * Math.Sqrt(Count * share * (1 - share)), Count * share + 5 * Math.Sqrt(Count * share * (1 - share)));
    }

    [Fact]
    public void Rows_that_come_later_and_other_orders_move_nothing()
    {
        var split = new PromptSplit(new SplitOptions { Validation = 0.3, Test = 0.3 });
        var before = Rows.Take(500).ToDictionary(row => row, row => split.Of(row.Prompt));
        foreach (var row in Rows.Reverse()) if (before.TryGetValue(row, out var part)) Assert.Equal(part, split.Of(row.Prompt));

        // A larger validation takes from training only.
        var larger = new PromptSplit(new SplitOptions { Validation = 0.4, Test = 0.3 });
        Assert.All(before, row => Assert.True(larger.Of(row.Key.Prompt) is var part
            && (part == row.Value || (row.Value, part) == (SplitPart.Train, SplitPart.Validation))));
    }

    [Fact]
    public async Task No_prompt_is_in_two_parts_whatever_its_rows_are()
    {
        var pairs = Rows.SelectMany(row => (PreferencePair[])
        [
            new(row.Prompt, "a", "b"),
            new($" {row.Prompt.Text!.Replace(" ", "\n\t", StringComparison.Ordinal)}", "c", "d"),
            new(new Transcript([new ChatMessage("user", row.Prompt.Text!)]), "e", "f"),
        ]).ToAsyncEnumerable();
        var split = new PromptSplit(new SplitOptions { Validation = 0.3, Test = 0.3 });
        var parts = new List<List<PreferencePair>>();
        foreach (var part in Enum.GetValues<SplitPart>()) parts.Add(await split.Only(pairs, part).ToListAsync());
        Assert.Equal(3000, parts.Sum(part => part.Count));
        var rows = parts.SelectMany(part => part.Select(Words).CountBy(words => words)).ToList();
        Assert.Equal(1000, rows.Count);                               // each prompt in one part
        Assert.All(rows, prompt => Assert.Equal(3, prompt.Value));    // with all its rows

        static string Words(PreferencePair pair) => string.Join(' ', $"{pair.Prompt}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^2..]);
    }

    [Fact]
    public void Another_salt_is_another_split()
    {
        // Independent splits in halves agree on half of the prompts: 500, standard deviation 15.8; 5 of them allowed.
        PromptSplit Halves(string salt) => new(new SplitOptions { Validation = 0, Test = 0.5, Salt = salt });
        Assert.InRange(Rows.Count(row => Halves("a").Of(row.Prompt) == Halves("b").Of(row.Prompt)), 421, 579);
    }

    [Fact]
    public void Shares_that_leave_nothing_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new PromptSplit(new SplitOptions { Validation = 0.5, Test = 0.5 }));
        Assert.Equal("Validation and Test together must be below 1. Actual values were 0.5 and 0.5. (Parameter 'options')", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitOptions { Test = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SplitOptions { Validation = -0.1 });
        Assert.Throws<ArgumentNullException>(() => new SplitOptions { Salt = null! });
    }
}
