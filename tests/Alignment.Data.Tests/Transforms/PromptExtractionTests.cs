using System.Text.Json;

namespace Alignment.Data.Tests.Transforms;

public sealed class PromptExtractionTests
{
    public static TheoryData<int> Recorded => [.. Enumerable.Range(0, Golden.Json("data", "helpers.json").GetProperty("extract_prompt").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void As_TRL(int number)
    {
        var recorded = Golden.Json("data", "helpers.json").GetProperty("extract_prompt")[number];
        var (input, output) = (recorded.GetProperty("input"), recorded.GetProperty("output"));
        var pair = PromptExtraction.Extract(Read(input, "chosen"), Read(input, "rejected"));
        Assert.Equal(new PreferencePair(Read(output, "prompt"), Read(output, "chosen"), Read(output, "rejected")), pair);
    }

    [Theory]
    // Python compares code points: 🙂 is U+1F642 and 🙃 U+1F643, with one first surrogate in UTF-16.
    [InlineData("a🙂", "a🙃", "a", "🙂", "🙃")]
    // No difference: the last code point of the shorter one stays a response.
    [InlineData("a🙂", "a🙂b", "a", "🙂", "🙂b")]
    [InlineData("ab", "ab", "a", "b", "b")]
    // A second surrogate alike after different first ones: U+1F642 and U+1FA42 are D83D DE42 and D83E DE42.
    [InlineData("x🙂y", "x\U0001FA42y", "x", "🙂y", "\U0001FA42y")]
    // Only one space goes to the responses.
    [InlineData("a  b", "a  c", "a ", " b", " c")]
    // Where TRL looks at chosen[-1] and would cut the last character of a prompt that is empty.
    [InlineData("x ", "y", "", "x ", "y")]
    [InlineData("", "y", "", "", "y")]
    public void Texts(string chosen, string rejected, string prompt, string chosenResponse, string rejectedResponse) =>
        Assert.Equal(new PreferencePair(prompt, chosenResponse, rejectedResponse), PromptExtraction.Extract(chosen, rejected));

    [Fact]
    public void Joined_again_they_are_what_they_were()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var (chosen, rejected) = (Text(random), Text(random));
            var pair = PromptExtraction.Extract(chosen, rejected)!;
            Assert.Equal((chosen, rejected), (pair.Prompt.Text + pair.Chosen.Text, pair.Prompt.Text + pair.Rejected.Text));
            Assert.True(chosen.Length == 0 || pair.Chosen.Text!.Length > 0, $"'{chosen}' and '{rejected}' leave an empty chosen response.");
            Assert.False(pair.Chosen.Text is [var first, ..] && char.IsLowSurrogate(first), $"'{chosen}' and '{rejected}' are cut inside a character.");
        }

        static string Text(Random random) => string.Concat(random.GetItems<string>([" ", "a", "🙂", "🙃"], random.Next(6)));
    }

    [Fact]
    public void Conversations_without_a_shared_message_have_no_prompt()
    {
        Assert.Null(PromptExtraction.Extract(Says("a"), Says("b")));
        Assert.Null(PromptExtraction.Extract(Says("a"), Says("a")));   // the only message stays a response
        Assert.Throws<ArgumentException>(() => PromptExtraction.Extract(Says("a"), "a"));
    }

    [Fact]
    public async Task A_stream_keeps_what_else_a_pair_has_and_pairs_that_have_a_prompt()
    {
        PreferencePair[] pairs =
        [
            new("", "Q: 1 A: x", "Q: 1 A: y") { Margin = 1, Weight = 2, Id = "i", Source = "s" },
            new("Q", "same", "some"),
            new("", Says("q", "a"), Says("q", "b")),
        ];
        var rows = await pairs.ToAsyncEnumerable().ExtractPrompt().ToListAsync();
        Assert.Equal(new PreferencePair("Q: 1 A:", " x", " y") { Margin = 1, Weight = 2, Id = "i", Source = "s" }, rows[0]);
        Assert.Equal(pairs[1], rows[1]);
        Assert.Equal(new PreferencePair(Says("q"), Says("a"), Says("b")), rows[2]);
    }

    [Fact]
    public async Task A_pair_without_a_prompt_is_named()
    {
        await FailsAsync(new("", Says("a"), Says("b")), "Row 1: chosen and rejected differ in their first message, so that there is no prompt.");
        await FailsAsync(new("", Says("a"), "b"), "Row 1: one of chosen and rejected is text, the other a conversation.");

        static async Task FailsAsync(PreferencePair pair, string message)
        {
            PreferencePair[] pairs = [new("p", "c", "r"), pair];
            var error = await Assert.ThrowsAsync<DataFormatException>(async () => await pairs.ToAsyncEnumerable().ExtractPrompt().CountAsync());
            Assert.Equal(message, error.Message);
        }
    }

    private static Transcript Says(params string[] contents) => new([.. contents.Select(content => new ChatMessage("user", content))]);

    private static Transcript Read(JsonElement row, string name) => row.GetProperty(name) is { ValueKind: JsonValueKind.Array } messages
        ? new Transcript([.. messages.EnumerateArray()
            .Select(message => new ChatMessage($"{message.GetProperty("role")}", $"{message.GetProperty("content")}"))])
        : row.GetProperty(name).GetString()!;
}
