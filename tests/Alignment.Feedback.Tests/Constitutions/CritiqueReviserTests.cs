using Microsoft.Extensions.AI;
using AI = Microsoft.Extensions.AI;

namespace Alignment.Feedback.Tests.Constitutions;

public sealed class CritiqueReviserTests
{
    private static readonly Constitution Medical = Constitution.Medical(FeedbackLanguage.Korean);

    [Fact]
    public async Task Each_round_criticises_the_last_answer_and_revises_it()
    {
        var number = 0;
        using var client = ScriptedClient.OfAll(messages => messages.Count == 2 ? $"critique {++number}" : $"revision {number}");
        using var pipeline = new CallPipeline(client);
        var trace = await new CritiqueReviser(pipeline, Medical, new() { MaxRounds = 3 }).ReviseAsync(new Demonstration("Q", "A") { Id = "7", Source = "s" });

        Assert.Equal(["critique 1", "critique 2", "critique 3"], trace.Steps.Select(step => step.Critique));
        Assert.Equal(["revision 1", "revision 2", "revision 3"], trace.Steps.Select(step => step.Revision));
        Assert.Equal(3, trace.Steps.Select(step => step.Principle).Distinct().Count());
        Assert.Equal(("revision 3", "medical@1.0.0"), (trace.Final.Text, trace.Constitution));
        Assert.Equal(new Demonstration("Q", "revision 3") { Id = "7", Source = "s" }, trace.ToDemonstration());
        Assert.Equal(new PreferencePair("Q", "revision 3", "A") { Id = "7", Source = "s" }, trace.ToPair());

        // Six calls: each critique sees the answer before, each revision its critique.
        var asked = client.Asked.Select(one => one.Messages).ToList();
        Assert.Equal(["A", "A", "revision 1", "revision 1", "revision 2", "revision 2"], asked.Select(messages => Fenced(messages, "answer")));
        for (var round = 0; round < 3; round++)
        {
            var principle = Medical.Principles.Single(one => one.Id == trace.Steps[round].Principle);
            Assert.Contains(principle.Text, asked[2 * round][0].Text, StringComparison.Ordinal);
            Assert.Contains("한국어로", asked[2 * round][0].Text, StringComparison.Ordinal);
            Assert.Contains(principle.CritiqueRequest, asked[2 * round][1].Text, StringComparison.Ordinal);
            Assert.Equal((ChatRole.Assistant, trace.Steps[round].Critique), (asked[2 * round + 1][2].Role, asked[2 * round + 1][2].Text));
            Assert.StartsWith(principle.RevisionRequest, asked[2 * round + 1][3].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_answer_that_needs_no_change_stays_and_makes_no_pair()
    {
        using var client = new ScriptedClient(_ => "`NO_CHANGE`.");
        using var pipeline = new CallPipeline(client);
        var trace = await new CritiqueReviser(pipeline, Medical).ReviseAsync(new Demonstration("Q", "A"));
        Assert.Equal((2, false, "A"), (client.Calls, trace.IsRevised, trace.Final.Text));
        Assert.All(trace.Steps, step => Assert.Null(step.Revision));
        Assert.Null(trace.ToPair());
        Assert.Equal("medical@1.0.0", trace.ToDemonstration().Source);

        await new CritiqueReviser(pipeline, Medical, new() { MayKeep = false, MaxRounds = 1 }).ReviseAsync(new Demonstration("Q", "A"));
        Assert.Equal(4, client.Calls);   // the words mean nothing where they are not allowed
    }

    [Fact]
    public async Task Rows_come_out_as_demonstrations_and_pairs_with_failures_and_counts()
    {
        using var client = ScriptedClient.OfAll(messages => Fenced(messages, "question") switch
        {
            "fails" => " ",
            "fine" => "NO_CHANGE",
            var question => messages.Count == 2 ? "bad" : $"better {question}",
        });
        using var pipeline = new CallPipeline(client, new() { Prices = new() { InputPerMillion = 1_000_000 } });
        var report = await new CritiqueReviser(pipeline, Medical, new() { MaxRounds = 1 }).ReviseAsync([new("one", "A"), new("fails", "A"), new("fine", "A"), new("two", "A")]);
        Assert.Equal([true, false, true, true], report.Outcomes.Select(outcome => outcome.IsDone));
        Assert.Equal(["better one", "A", "better two"], report.Demonstrations.Select(row => row.Response.Text));
        Assert.Equal(["better one", "better two"], report.Pairs.Select(row => row.Chosen.Text));
        Assert.Equal((3, 2), (report.ByPrinciple.Values.Sum(one => one.Drawn), report.ByPrinciple.Values.Sum(one => one.Changed)));
        Assert.Equal((6L, 5L, 50m), (report.Totals.Requests, report.Totals.Answers, report.Totals.Cost));
    }

    [Fact]
    public async Task A_policy_answers_and_its_answers_keep_the_form_of_the_prompt()
    {
        using var critic = ScriptedClient.OfAll(messages => messages.Count == 2 ? "bad" : "better");
        using var policy = new ScriptedClient(text => $"raw {text}");
        using var critics = new CallPipeline(critic);
        using var policies = new CallPipeline(policy);
        var report = await new CritiqueReviser(critics, Medical, new() { MaxRounds = 1 }).AnswerAndReviseAsync(
            [new("plain"), new(new Transcript([new ChatMessage("system", "s"), new ChatMessage("user", "chat")]))], policies, new() { Temperature = 1 });
        Assert.Equal(["raw plain", "raw chat"], report.Outcomes.Select(outcome => outcome.Result!.Steps.Count == 1 ? outcome.Result.Initial.Text ?? outcome.Result.Initial.Messages![0].Content : ""));
        Assert.Equal(new Transcript([new ChatMessage("assistant", "better")]), report.Pairs[1].Chosen);
        Assert.Equal(["raw plain", "raw chat"], critic.Asked.Where(one => one.Messages.Count == 2).Select(one => Fenced(one.Messages, "answer")).Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(1, policy.Asked[0].Options!.Temperature);
    }

    [Fact]
    public async Task A_revision_that_is_cut_is_a_failure()
    {
        using var client = new ScriptedClient((messages, _) =>
        {
            var response = ScriptedClient.Response("text");
            if (messages.Count == 4) response.FinishReason = ChatFinishReason.Length;
            return Task.FromResult(response);
        });
        using var pipeline = new CallPipeline(client);
        var failure = await Assert.ThrowsAsync<FeedbackException>(() => new CritiqueReviser(pipeline, Medical, new() { MaxOutputTokens = 7 }).ReviseAsync(new Demonstration("Q", "A")));
        Assert.Equal((FailureKind.TooLong, "The revision did not end within 7 tokens (MaxOutputTokens)."), (failure.Kind, failure.Message));
    }

    [Fact]
    public async Task Made_again_it_makes_no_call_again()
    {
        using var client = ScriptedClient.OfAll(messages => messages.Count == 2 ? "bad" : "better");
        using var pipeline = new CallPipeline(client);
        var reviser = new CritiqueReviser(pipeline, Medical);
        var rows = Enumerable.Range(0, 5).Select(row => new Demonstration($"Q{row}", "A")).ToList();
        await reviser.ReviseAsync(rows);
        var calls = client.Calls;
        rows.Reverse();   // the place of a row means nothing
        var again = await reviser.ReviseAsync(rows);
        Assert.Equal((calls, 0L), (client.Calls, again.Totals.Requests));
    }

    private static string Fenced(IReadOnlyList<AI.ChatMessage> messages, string name)
    {
        var lines = messages[1].Text.Split('\n').ToList();
        var begin = lines.FindIndex(line => line.EndsWith($" BEGIN {name}>>>", StringComparison.Ordinal));
        return string.Join('\n', lines.Skip(begin + 1).TakeWhile(line => !line.EndsWith($" END {name}>>>", StringComparison.Ordinal)));
    }
}
