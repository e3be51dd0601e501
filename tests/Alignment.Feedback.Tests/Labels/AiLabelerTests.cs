using Alignment.Feedback.Tests.Judges;
using Microsoft.Extensions.AI;

namespace Alignment.Feedback.Tests.Labels;

public sealed class AiLabelerTests
{
    private const string Rules = """
        schemaVersion: 1
        name: two
        version: 1.0.0
        language: en
        principles:
          - { id: short, text: Be short., critique: c, revision: r, weight: 1 }
          - { id: kind, text: Be kind., critique: c, revision: r, weight: 3 }
        """;

    private static readonly LabelCandidate Pair = new("Q", "first", "second") { Id = "7", Source = "s" };

    [Fact]
    public async Task A_soft_label_computed_by_hand()
    {
        // "short": P(1) = 0.6 of 0.6 + 0.3 = 2/3 with the first answer first; swapped P(1) = 0.2 of 0.2 + 0.6 = 1/4, so 3/4 for the first: mean 17/24.
        // "kind": 0.1 of 0.1 + 0.4 = 1/5; swapped 0.5 of 1.0 = 1/2, so 1/2: mean 7/20. Together (17/24 + 3 x 7/20) / 4 = 211/480.
        using var client = Soft((principle, firstIsFirst) => (principle, firstIsFirst) switch
        {
            ("short", true) => (0.6, 0.3), ("short", false) => (0.2, 0.6), ("kind", true) => (0.1, 0.4), _ => (0.5, 0.5),
        });
        using var pipeline = new CallPipeline(client);
        var label = await new AiLabeler(pipeline, Constitution.Parse(Rules)).LabelAsync(Pair);
        Assert.Equal(17 / 24.0, label.Votes[0].FirstWins, 12);
        Assert.Equal(7 / 20.0, label.Votes[1].FirstWins, 12);
        Assert.Equal(211 / 480.0, label.FirstWins, 12);
        Assert.All(label.Votes, vote => Assert.True(vote.Given.IsSoft && vote.Swapped.IsSoft));
        Assert.Equal(Preference.Second, label.Preference);
        var pair = label.ToPair()!;
        Assert.Equal(("second", "first", "7", "s"), (pair.Chosen.Text, pair.Rejected.Text, pair.Id, pair.Source));
        Assert.Equal(Math.Log(269.0 / 211), pair.Margin!.Value, 12);
        Assert.Null(label.ToPair(0.6));
        Assert.Equal(4, client.Calls);
    }

    [Fact]
    public async Task Labels_are_kept_from_the_ends()
    {
        using var client = Soft((_, firstIsFirst) => firstIsFirst ? (1 - 1e-9, 1e-9) : (1e-9, 1 - 1e-9));
        using var pipeline = new CallPipeline(client);
        var label = await new AiLabeler(pipeline, Constitution.Parse(Rules), new() { Clamp = 0.4 }).LabelAsync(Pair);
        Assert.Equal(0.6, label.FirstWins, 12);
        Assert.Equal(Math.Log(1.5), label.ToPair()!.Margin!.Value, 12);
    }

    [Fact]
    public async Task Without_log_probabilities_a_label_is_soft_by_orders_and_principles()
    {
        // "short" prefers the first answer in both orders, "kind" the first place: 1 and 1/2 with weights 1 and 3.
        using var client = ScriptedClient.OfAll(messages =>
        {
            var (answers, _) = ScriptedJudge.Read(messages);
            return messages[0].Text.Contains("Be kind", StringComparison.Ordinal) || answers[0] == "first" ? " 1." : "2";
        });
        using var pipeline = new CallPipeline(client);
        var report = await new AiLabeler(pipeline, Constitution.Parse(Rules)).LabelAsync([Pair with { Known = Preference.First }, Pair with { Prompt = "Q2", Known = Preference.Second }]);
        Assert.Equal([0.625, 0.625], report.Labels.Select(label => label.FirstWins));
        Assert.Equal((0.5, 0.75, 0.0, 0.5), (report.FlipRate, report.FirstPlaceRate, report.SoftShare, report.AgreementWithKnown));
        Assert.Equal(0.75, report.Agreement);      // "short" agrees with the label, "kind" is a tie
        Assert.Equal(0.25, report.Confidence);
        Assert.Equal((8L, 80L, 40L, 2), (report.Totals.Requests, report.Totals.InputTokens, report.Totals.OutputTokens, report.Pairs().Count));
    }

    [Fact]
    public async Task A_model_that_looks_at_the_place_is_seen()
    {
        using var client = new ScriptedClient(_ => "1");
        using var pipeline = new CallPipeline(client);
        var report = await new AiLabeler(pipeline, Constitution.Parse(Rules)).LabelAsync([Pair]);
        Assert.Equal((1.0, 1.0, 0.0, 0), (report.FirstPlaceRate, report.FlipRate, report.Confidence, report.Pairs().Count));
    }

    [Theory]
    [InlineData(0.6, 0.4, true)]
    [InlineData(0.6, 0.7, false)]
    [InlineData(0.4, 0.3, false)]
    [InlineData(0.5, 1, false)]
    [InlineData(0.5, 0.5, false)]
    public void A_vote_is_flipped_where_its_orders_lean_apart(double given, double swapped, bool isFlipped) =>
        Assert.Equal(isFlipped, new PrincipleVote("p", 1, new(given, true, null), new(swapped, true, null)).IsFlipped);

    [Fact]
    public async Task A_chain_of_thought_stands_before_the_answer()
    {
        using var client = new ScriptedClient((messages, _) => Task.FromResult(ScriptedClient.Response(messages.Count == 2 ? "because" : "1")));
        using var pipeline = new CallPipeline(client);
        var label = await new AiLabeler(pipeline, Constitution.Parse(Rules), new() { UsesChainOfThought = true, PrinciplesPerPair = 1, MaxThoughtTokens = 99 }).LabelAsync(Pair);
        var vote = Assert.Single(label.Votes);
        Assert.Equal(("because", "because", 0.5), (vote.Given.Thought, vote.Swapped.Thought, vote.FirstWins));
        Assert.Equal([99, 8, 99, 8], client.Asked.Select(asked => asked.Options!.MaxOutputTokens!.Value));
        var second = client.Asked[1].Messages;
        Assert.Equal(("because", "Which answer keeps the principle better? Reply with its number, 1 or 2, and nothing else."), (second[2].Text, second[3].Text));
        Assert.Null(label.ToPair());
    }

    [Fact]
    public async Task Drawn_principles_count_alike()
    {
        using var client = ScriptedClient.OfAll(messages => (messages[0].Text.Contains("Be kind", StringComparison.Ordinal), ScriptedJudge.Read(messages).Answers[0] == "first") switch
        {
            (true, true) or (false, false) => "2",
            _ => "1",
        });
        using var pipeline = new CallPipeline(client);
        var label = await new AiLabeler(pipeline, Constitution.Parse(Rules), new() { PrinciplesPerPair = 2 }).LabelAsync(Pair);
        Assert.Equal(0.5, label.FirstWins);   // 1 and 0; by weights it would be 0.25
    }

    [Fact]
    public async Task An_answer_that_is_no_number_is_asked_for_again_and_then_a_failure()
    {
        using var client = ScriptedClient.OfAll(messages => ScriptedJudge.Read(messages).Answers.Contains("odd") ? "both" : "1");
        using var pipeline = new CallPipeline(client);
        var report = await new AiLabeler(pipeline, Constitution.Parse(Rules), new() { MaxReadings = 3 }).LabelAsync([Pair with { First = "odd" }, Pair]);
        Assert.Equal(1, report.Failed);
        Assert.Equal("An answer must be 1 or 2; 3 answers to principle short were neither.", report.Outcomes[0].Failure!.Message);
        Assert.Equal(3 + 4, client.Calls);
    }

    [Theory]
    [InlineData("1", 0.5, 0.25, 0.125, 0.5 / (0.5 + 0.25))]          // both seen
    [InlineData("1", 0.9, null, 0.04, 0.9 / (0.9 + 0.04))]           // 2 unseen: at most the least seen, 0.04, as 0.06 is left
    [InlineData("1", 0.9, null, 0.09, 0.9 / (0.9 + 0.01))]           // at most what is left, 0.01
    [InlineData("2", null, 0.7, 0.2, 0.1 / (0.1 + 0.7))]             // 1 unseen: 0.1 is left
    public void Unseen_choices_are_bounded(string text, double? one, double? two, double other, double expected)
    {
        List<TokenAlternative> alternatives = [new("maybe", Math.Log(other))];
        if (one is { } p) alternatives.Add(new("1", Math.Log(p)));
        if (two is { } q) alternatives.Add(new(" 2", Math.Log(q)));
        var said = text == "2" ? " 2" : text;
        var answer = new CallAnswer(text, 1, 1, false) { LogProbs = [new("\n", -0.1, []), new(said, Math.Log((text == "1" ? one : two)!.Value), alternatives)] };
        Assert.Equal(expected, Choice.Of(answer)!.Value.One, 12);
        Assert.Null(Choice.Of(new CallAnswer("12", 1, 1, false)));
        Assert.Null(Choice.Of(new CallAnswer("Answer 1", 1, 1, false)));
        Assert.Equal((0.0, false), Choice.Of(new CallAnswer("**2**", 1, 1, false)));
    }

    private static ScriptedClient Soft(Func<string, bool, (double One, double Two)> probabilities) => new((messages, _) =>
    {
        var (answers, _) = ScriptedJudge.Read(messages);
        var (one, two) = probabilities(messages[0].Text.Contains("Be kind", StringComparison.Ordinal) ? "kind" : "short", answers[0] == "first");
        var response = ScriptedClient.Response(one >= two ? "1" : "2");
        TokenAlternative[] both = [new("1", Math.Log(one)), new("2", Math.Log(two))];
        response.AdditionalProperties = new() { ["logprobs"] = new[] { new TokenLogProb(one >= two ? "1" : "2", Math.Log(Math.Max(one, two)), both) } };
        return Task.FromResult(response);
    });
}
