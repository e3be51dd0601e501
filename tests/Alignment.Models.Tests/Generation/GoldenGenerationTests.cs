using System.Text.Json;
using Alignment.Generation;

namespace Alignment.Models.Tests;

/// <summary>Every family's recorded greedy generations, through the public generator.</summary>
public sealed class GoldenGenerationTests
{
    public static TheoryData<string> Models => ModelRecord.All;

    [Theory, MemberData(nameof(Models))]
    public void Greedy_tokens_with_their_log_probabilities(string name)
    {
        using var record = new ModelRecord(name);
        using var model = record.Load();
        var generation = record.Io.GetProperty("generation");
        var responses = new TokenGenerator(model).Generate(record.Prompts(), new GenerationOptions { MaxNewTokens = 24 });
        Assert.Equal(generation.GetProperty("new_tokens").Deserialize<int[][]>()!, responses.Select(response => response.Ids));
        Assert.All(responses, response => Assert.Equal(FinishReason.Length, response.Finish));
        var expected = generation.GetProperty("new_token_logps").Deserialize<double[][]>()!;
        // 1e-4: two float32 implementations of a whole model.
        for (var row = 0; row < expected.Length; row++) Near.Equal(expected[row], [.. responses[row].LogProbs.Select(x => (double)x)], 1e-4);
    }

    [Theory, MemberData(nameof(Models))]
    public void Greedy_tokens_with_a_stop_token(string name)
    {
        using var record = new ModelRecord(name);
        using var model = record.Load();
        var generation = record.Io.GetProperty("generation_with_stop");
        var stop = generation.GetProperty("eos_token_id").GetInt32();
        var expected = generation.GetProperty("new_tokens").Deserialize<int[][]>()!
            .Select(row => row[..(Array.IndexOf(row, stop) is var end and >= 0 ? end + 1 : row.Length)]).ToList();
        var responses = new TokenGenerator(model).Generate(record.Prompts(), new GenerationOptions { MaxNewTokens = 24, StopIds = [stop] });
        Assert.Equal(expected, responses.Select(response => response.Ids));
        Assert.Contains(responses, response => response.Finish == FinishReason.StopToken);
        Assert.All(responses, response => Assert.Equal(response.Ids[^1] == stop, response.Finish == FinishReason.StopToken));
    }
}
