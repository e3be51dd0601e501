namespace Alignment.Data.Tests.Transforms;

public sealed class DeduplicatorTests
{
    private const string Question = "Please write a short story about a dog that finds its way home through the snow of a long winter night, "
        + "with a happy end for all.";

    [Theory]
    [InlineData(DuplicateKey.Record, new[] { 0, 2, 3, 4, 5, 6, 7, 8 })]   // 1 says what 0 says
    [InlineData(DuplicateKey.Prompt, new[] { 0, 5, 6, 7, 8 })]            // 2 to 4 have its prompt
    [InlineData(DuplicateKey.SimilarRecord, new[] { 0, 2, 5, 7, 8 })]     // 3 and 4 differ in white space only; 6 in a word
    [InlineData(DuplicateKey.SimilarPrompt, new[] { 0, 5, 7, 8 })]
    public async Task What_is_a_duplicate_depends_on_the_key(DuplicateKey key, int[] expected)
    {
        PreferencePair[] pairs =
        [
            new("Why is the sky blue?", "Rayleigh scattering.", "It is not."),
            new("Why is the sky blue?", "Rayleigh scattering.", "It is not.") { Weight = 2, Id = "other" },
            new("Why is the sky blue?", "Because.", "No idea at all, sorry."),
            new(" Why is the\nsky blue?", "Rayleigh scattering.", "It is not."),
            new("Why is the sky blue?", "Rayleigh scattering. ", "It is not."),
            new(Question, "yes", "no"),
            new(Question.Replace("Please", "Kindly", StringComparison.Ordinal), "yes", "no"),
            new("!?", "yes yes", "no no no"),
            new("?!", "maybe", "yes or no"),
        ];
        var once = new Deduplicator(key);
        var kept = await once.Filter(pairs.ToAsyncEnumerable()).ToListAsync();
        Assert.Equal(expected, kept.Select(pair => Array.IndexOf(pairs, pair)));
        Assert.Equal((9, 9 - expected.Length), (once.Seen, once.Duplicates));

        Assert.Equal(kept, await kept.ToAsyncEnumerable().Deduplicate(key).ToListAsync());   // a second time changes nothing
    }

    [Fact]
    public async Task Contradictions_are_not_duplicates()
    {
        UnpairedResponse[] rows = [new("p", "r", true), new("p", "r", false), new("p", "r", true)];
        Assert.Equal(rows[..2], await rows.ToAsyncEnumerable().Deduplicate().ToListAsync());
    }

    [Fact]
    public async Task One_deduplicator_over_two_streams_removes_what_they_share()
    {
        var once = new Deduplicator(DuplicateKey.Prompt);
        PromptOnly[] test = [new("a"), new("b")], train = [new("b"), new("c"), new("c")];
        Assert.Equal(test, await once.Filter(test.ToAsyncEnumerable()).ToListAsync());
        Assert.Equal([train[1]], await once.Filter(train.ToAsyncEnumerable()).ToListAsync());
        Assert.Equal((5, 2), (once.Seen, once.Duplicates));
    }

    [Fact]
    public async Task A_stream_may_be_gone_through_again()
    {
        PromptOnly[] rows = [new("a"), new("b"), new("a")];
        var stream = rows.ToAsyncEnumerable().Deduplicate();
        Assert.Equal(2, await stream.CountAsync());
        Assert.Equal(2, await stream.CountAsync());
    }

    [Fact]
    public void Records_of_other_kinds_are_compared_by_their_prompts_only()
    {
        var record = new Own("p");
        Assert.True(new Deduplicator(DuplicateKey.Prompt).IsNew(record));
        var error = Assert.Throws<ArgumentException>(() => new Deduplicator().IsNew(record));
        Assert.Equal("Records are compared as PreferencePair, UnpairedResponse, RatedResponse, Demonstration or PromptOnly; of others only prompts are. " +
            "Actual record was Own. (Parameter 'record')", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Deduplicator((DuplicateKey)9));
    }

    private sealed record Own(Transcript Prompt) : IPromptRecord
    {
        public string? Id => null;

        public string? Source => null;
    }
}
