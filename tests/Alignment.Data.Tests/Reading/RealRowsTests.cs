using System.Text.Json;
using System.Text.RegularExpressions;

namespace Alignment.Data.Tests.Reading;

/// <summary>Rows of HH-RLHF and of the shape of UltraFeedback, written by pyarrow, read without options.</summary>
public sealed class RealRowsTests
{
    private const string AbsentReason = "shared/data is not beside this repository";

    private static string? Data(string name) => Golden.Path("..", "data", name) is var path && File.Exists(path) ? path : null;

    [RealRowsFact(AbsentReason)]
    public async Task All_transcripts_are_read_with_the_prompt_that_a_slow_reading_finds()
    {
        var rows = File.ReadLines(Data("hh-sample.jsonl")!).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var stream = await PreferenceReader.OpenAsync(Data("hh-sample.parquet")!);
        var pairs = await DataFolder.AllAsync(stream);

        Assert.Equal(400, rows.Count);
        Assert.Equal(400, pairs.Count);
        Assert.Equal(new ReadCounts(400, 400, []), stream.Counts with { Skipped = [] });
        Assert.Equal("two transcripts of Human and Assistant", Assert.Single(stream.Files).Shape);
        Assert.Equal(400, stream.Rows);
        for (var i = 0; i < rows.Count; i++)
        {
            var (chosen, rejected) = (rows[i].GetProperty("chosen").GetString()!, rows[i].GetProperty("rejected").GetString()!);
            var prompt = SlowPrompt(chosen, rejected);
            Assert.Equal(WithoutSpace(prompt), Text(pairs[i].Prompt));
            Assert.Equal(WithoutSpace(chosen[prompt.Length..]), Text(pairs[i].Chosen));
            Assert.Equal(WithoutSpace(rejected[prompt.Length..]), Text(pairs[i].Rejected));
        }
    }

    [RealRowsFact(AbsentReason)]
    public async Task Lines_of_JSON_give_what_Parquet_gives() => Assert.Equal(
        await DataFolder.AllAsync(PreferenceReader.ReadAsync(Data("hh-sample.parquet")!)),
        await DataFolder.AllAsync(PreferenceReader.ReadAsync(Data("hh-sample.jsonl")!)));

    // The second file was made of the first by another program, which trimmed the texts.
    [RealRowsFact(AbsentReason)]
    public async Task All_conversations_are_read_and_are_those_of_the_transcripts()
    {
        var stream = await PreferenceReader.OpenAsync(Data("ultrafeedback-shape.parquet")!, new ReadOptions { MarginFromScores = true });
        var pairs = await DataFolder.AllAsync(stream);

        Assert.Equal(397, pairs.Count);
        Assert.Equal("prompt and two responses", Assert.Single(stream.Files).Shape);
        Assert.All(pairs, pair => Assert.NotNull(pair.Margin));
        Assert.All(pairs, pair => Assert.Equal("user", pair.Prompt.Messages![^1].Role));
        var transcripts = (await DataFolder.AllAsync(PreferenceReader.ReadAsync(Data("hh-sample.parquet")!))).Select(Trimmed).ToHashSet();
        Assert.All(pairs, pair => Assert.Contains(Trimmed(pair), transcripts));
    }

    // The longest beginning that both share, one character after another, up to and without the last mark of an answer in it.
    private static string SlowPrompt(string chosen, string rejected)
    {
        var best = -1;
        for (var i = 0; i <= Math.Min(chosen.Length, rejected.Length); i++)
        {
            if (chosen[..i] != rejected[..i]) break;
            if (chosen[..i].EndsWith("\n\nAssistant:", StringComparison.Ordinal)) best = i - "\n\nAssistant:".Length;
        }
        return chosen[..best];
    }

    // Some marks have a space after them and some, of empty answers, have none.
    private static string WithoutSpace(string transcript) => Regex.Replace(transcript, "\n\n(Human|Assistant): ", "\n\n$1:");

    private static string Text(Transcript transcript) =>
        string.Concat(transcript.Messages!.Select(message => $"\n\n{(message.Role == "user" ? "Human" : "Assistant")}:{message.Content}"));

    private static string Trimmed(PreferencePair pair) => string.Join('|', new[] { pair.Prompt, pair.Chosen, pair.Rejected }
        .Select(part => string.Join('/', part.Messages!.Select(message => $"{message.Role}:{message.Content.Trim()}"))));
}
