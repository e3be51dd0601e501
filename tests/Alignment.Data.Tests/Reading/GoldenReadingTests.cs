namespace Alignment.Data.Tests.Reading;

/// <summary>What TRL makes of rows, and the six files that pyarrow wrote for its trainers.</summary>
public sealed class GoldenReadingTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Implicit_prompts_are_those_of_TRL()
    {
        var cases = Golden.Json("data", "helpers.json").GetProperty("extract_prompt").EnumerateArray().ToList();
        var parts = cases[0].GetProperty("output");
        Assert.Equal(7, cases.Count);
        foreach (var item in cases)
        {
            // TRL's own rule, and its result read as a row with an explicit prompt.
            var implicitly = _folder.Lines("implicit.jsonl", item.GetProperty("input").GetRawText().ReplaceLineEndings(" "));
            var explicitly = _folder.Lines("explicit.jsonl", item.GetProperty("output").GetRawText().ReplaceLineEndings(" "));
            Assert.Equal(await DataFolder.AllAsync(PreferenceReader.ReadAsync(explicitly)), await DataFolder.AllAsync(PreferenceReader.ReadAsync(implicitly)));
        }
        Assert.Equal("The sky is", parts.GetProperty("prompt").GetString());
    }

    [Fact]
    public async Task Plain_and_conversational_pairs_say_the_same()
    {
        var plain = await DataFolder.AllAsync(PreferenceReader.ReadAsync(Run("preference")));
        var chat = await DataFolder.AllAsync(PreferenceReader.ReadAsync(Run("preference_conversational")));
        Assert.Equal(40, plain.Count);
        Assert.Equal(plain.Select(pair => (pair.Prompt.Text, pair.Chosen.Text, pair.Rejected.Text)).Distinct().Count(), plain.Count);
        Assert.Equal(
            plain.Select(pair => $"user: {pair.Prompt}|assistant: {pair.Chosen}|assistant: {pair.Rejected}"),
            chat.Select(pair => $"{new Transcript([pair.Prompt.Messages![^1]])}|{pair.Chosen}|{pair.Rejected}"));
        Assert.Equal(["Be kind."], chat.SelectMany(pair => pair.Prompt.Messages!).Where(message => message.Role == "system").Select(message => message.Content).Distinct());
    }

    [Fact]
    public async Task Margins_labels_completions_and_messages_of_the_same_rows()
    {
        var pairs = await DataFolder.AllAsync(PreferenceReader.ReadAsync(Run("preference")));
        var margins = await DataFolder.AllAsync(PreferenceReader.ReadAsync(Run("preference_margin")));
        var unpaired = await DataFolder.AllAsync(UnpairedReader.ReadAsync(Run("unpaired")));
        var completions = await DataFolder.AllAsync(DemonstrationReader.ReadAsync(Run("prompt_completion")));
        var messages = await DataFolder.AllAsync(DemonstrationReader.ReadAsync(Run("messages")));

        // Where TRL appends to text, the responses begin with a space.
        Assert.Equal(pairs, margins.Select(pair => new PreferencePair(pair.Prompt, pair.Chosen.Text!.Trim(), pair.Rejected.Text!.Trim())));
        Assert.All(margins, pair => Assert.NotNull(pair.Margin));
        Assert.Contains(unpaired, row => row.IsDesirable);
        Assert.Contains(unpaired, row => !row.IsDesirable);
        var good = margins.Select(pair => (pair.Prompt.Text, pair.Chosen.Text)).ToHashSet();
        var bad = margins.Select(pair => (pair.Prompt.Text, pair.Rejected.Text)).ToHashSet();
        Assert.All(unpaired, row => Assert.Contains((row.Prompt.Text, row.Response.Text), row.IsDesirable ? good : bad));
        Assert.Equal(40, completions.Count);
        Assert.All(completions, row => Assert.Contains((row.Prompt.Text, row.Response.Text), good));
        Assert.Equal(
            completions.Select(row => $"user: {row.Prompt}|assistant: {row.Response.Text!.Trim()}"),
            messages.Select(row => $"{new Transcript([row.Prompt.Messages![^1]])}|{row.Response}"));
    }

    public void Dispose() => _folder.Dispose();

    private static string Run(string name) => Golden.Path("runs", name + ".parquet");
}
