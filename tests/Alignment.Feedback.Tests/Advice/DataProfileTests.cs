using Alignment.Data;

namespace Alignment.Feedback.Tests.Advice;

public sealed class DataProfileTests
{
    [Fact]
    public async Task A_report_of_pairs_gives_rows_length_and_noise()
    {
        // 200 comparisons of the same two responses, 38 the other way round: d = 1 - (162² + 38² - 200) / (200 x 199) = 12,312 / 39,800 = 0.30935,
        // and e = (1 - √(1 - 2 d)) / 2 = 0.19125. The chosen response is the longer one in 162 of 200 pairs: 0.81.
        var pairs = Enumerable.Range(0, 200).Select(i => i < 162 ? new PreferencePair("Q", "a longer answer", "short") : new PreferencePair("Q", "short", "a longer answer"));
        var profile = DataProfile.FromJson((await DataReport.OfAsync(Stream(pairs))).ToJson());
        Assert.Equal((DataShape.Pairs, 200L), (profile.Shape, profile.Rows));
        Assert.Equal(0.81, profile.LengthAuc!.Value, 12);
        Assert.Equal(0.19125, profile.Noise!.Value, 5);
        Assert.Contains("D202", profile.Errors);
        Assert.Contains("RobustDpoLoss", TechniqueAdvisor.Advise(new AdviceRequest { Data = profile }).Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_single_responses_gives_its_classes()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new UnpairedResponse($"Q{i}", $"answer {i}", i < 30));
        var profile = DataProfile.FromJson((await DataReport.OfAsync(Stream(rows))).ToJson());
        Assert.Equal((DataShape.Unpaired, 40L, 30L, 10L, null), (profile.Shape, profile.Rows, profile.Desirable, profile.Undesirable, profile.Noise));
        Assert.Contains("UndesirableWeight = 2.25", TechniqueAdvisor.Advise(new AdviceRequest { Data = profile }).Code, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_length_bias_that_may_be_chance_is_none()
    {
        var pairs = Enumerable.Range(0, 10).Select(i => new PreferencePair($"Q{i}", i < 7 ? "a longer answer" : "short", i < 7 ? "short" : "a longer answer"));
        Assert.Equal(0.5, DataProfile.FromJson((await DataReport.OfAsync(Stream(pairs))).ToJson()).LengthAuc);
    }

    [Fact]
    public async Task Reports_of_every_kind_are_read()
    {
        Assert.Equal(DataShape.Demonstrations, DataProfile.FromJson((await DataReport.OfAsync(Stream([new Demonstration("Q", "A")]))).ToJson()).Shape);
        Assert.Equal(DataShape.Prompts, DataProfile.FromJson((await DataReport.OfAsync(Stream([new PromptOnly("Q")]))).ToJson()).Shape);
        Assert.Equal(Enum.GetNames<RecordKind>(), Enum.GetNames<DataShape>());
        Assert.Equal(["D001"], DataProfile.FromJson((await DataReport.OfAsync(Stream(Array.Empty<PromptOnly>()))).ToJson()).Errors);
    }

    [Theory]
    [InlineData("{\"schemaVersion\": 1, \"kind\": \"Pairs\", \"rows\": 7}", null)]
    [InlineData("{\"schemaVersion\": 2, \"kind\": \"Pairs\", \"rows\": 7}", "A data report must have a schemaVersion from 1 to 1; it has 2.")]
    [InlineData("{\"schemaVersion\": 1, \"kind\": \"Videos\", \"rows\": 7}", "A data report must be of Pairs, Unpaired, Demonstrations, Prompts; it is of \"Videos\".")]
    [InlineData("{\"schemaVersion\": 1, \"kind\": \"3\", \"rows\": 7}", "A data report must be of")]
    [InlineData("{\"kind\": \"Pairs\"}", "A data profile must come from the JSON that DataReport.ToJson writes.")]
    [InlineData("{\"schemaVersion\": 1, \"kind\": \"Pairs\", \"rows\": \"x\"}", "A data profile must come from")]
    [InlineData("{\"schemaVersion\": 1, \"kind\": \"Pairs\", \"rows\": -1}", "A data profile must come from")]
    [InlineData("rows", "A data profile must come from")]
    [InlineData("[]", "A data profile must come from")]
    public void Other_texts_are_refused(string json, string? message)
    {
        if (message is null)
        {
            var profile = DataProfile.FromJson(json);
            Assert.Equal((7L, null, null), (profile.Rows, profile.Noise, profile.LengthAuc));
        }
        else
        {
            Assert.StartsWith(message, Assert.Throws<FormatException>(() => DataProfile.FromJson(json)).Message, StringComparison.Ordinal);
        }
    }

    private static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> rows)
    {
        await Task.CompletedTask;
        foreach (var row in rows) yield return row;
    }
}
