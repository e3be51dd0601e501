using Alignment.Data;
using Alignment.Generation;
using Alignment.Models;
using Alignment.Tests.Generation;
using static TorchSharp.torch;

namespace Alignment.Feedback.Tests;

/// <summary>Feedback from a policy of one's own: prompts of the library through template, tokenizer, decoder and cache, and its words read back.</summary>
public sealed class PolicyFeedbackTests
{
    private static readonly PreferencePair Pair = new(new Transcript("Is it raining?"), new Transcript("Yes."), new Transcript("No."));

    private static readonly Constitution Constitution = Constitution.Parse(
        """
        schemaVersion: 1
        name: short
        version: 1.0.0
        language: en
        principles:
          - id: brief
            text: Answers are brief.
            critique: What is too long?
            revision: Shorten it.
        """, "short.yaml");

    [Fact]
    public async Task A_policy_answers_a_critic_revises()
    {
        using var policy = new Talker("It rains.");
        using var critic = new Talker("Rain.");
        var report = await new CritiqueReviser(critic.Calls, Constitution, new() { MaxOutputTokens = 8 }).AnswerAndReviseAsync([new PromptOnly(Pair.Prompt)], policy.Calls, new() { MaxOutputTokens = 8 });
        var trace = Assert.Single(report.Traces);
        Assert.Equal(("It rains.", "Rain.", "Rain."), (trace.Initial.ToString(), trace.Steps.Single().Critique, trace.Final.ToString()));
        Assert.Equal((Pair.Prompt.ToString(), "Rain.", "It rains."), (report.Pairs.Single().Prompt.ToString(), report.Pairs.Single().Chosen.ToString(), report.Pairs.Single().Rejected.ToString()));
        Assert.Equal(2, report.Totals.Answers);
        Assert.Equal(4, report.Totals.OutputTokens);   // a word and the end, twice
        Assert.True(report.Totals.InputTokens > 500);
    }

    [Fact]
    public async Task A_policy_that_always_takes_the_first_prefers_nothing()
    {
        using var labeler = new Talker("1");
        var label = await new AiLabeler(labeler.Calls, Constitution).LabelAsync(new LabelCandidate(Pair.Prompt, Pair.Chosen, Pair.Rejected));
        var vote = label.Votes.Single();
        Assert.Equal((0.5, true), (Math.Round(label.FirstWins, 6), vote.IsFlipped));
        // Of 258 tokens "1" has the logit √8 and another "2" has 0, as has the byte of "1": e^√8 / (e^√8 + 1) = 0.9442, or with that byte 0.9471.
        Assert.True(vote.Given.IsSoft && vote.Swapped.IsSoft);
        Assert.InRange(vote.Given.FirstWins, 0.944, 0.948);

        using var judge = new Talker("""{"reason": "it is first", "verdict": "1"}""");
        var verdict = await new PairJudge(judge.Calls, new() { UsesSchema = false, MaxOutputTokens = 8 }).JudgeAsync(new JudgedPair(Pair.Prompt, Pair.Chosen, Pair.Rejected));
        Assert.Equal((Preference.Tie, "it is first"), (verdict.Preference, verdict.Given.Reason));
    }

    [Fact]
    public async Task A_policy_cannot_be_held_to_a_schema_and_says_so()
    {
        using var judge = new Talker("1");
        var error = await Assert.ThrowsAsync<NotSupportedException>(() => new PairJudge(judge.Calls).JudgeAsync(new JudgedPair(Pair.Prompt, Pair.Chosen, Pair.Rejected)));
        Assert.Contains("ResponseFormat", error.Message, StringComparison.Ordinal);
    }

    // A decoder whose layers do nothing: after the template's last token it says its word, and after that the end.
    private sealed class Talker : IDisposable
    {
        private readonly DecoderModel model;
        private readonly PolicyChatClient client;

        public Talker(string word)
        {
            var tokenizer = new ByteTokenizer(word);
            var last = tokenizer.Encode("]")[0];
            model = DecoderModel.FromScratch(new DecoderConfig
            {
                VocabularySize = tokenizer.VocabularySize,
                HiddenSize = 8,
                IntermediateSize = 8,
                Layers = 1,
                Attention = new AttentionConfig { Heads = 2 },
                MaxPositions = 4096,
            }, seed: 1);
            using (no_grad())
            using (NewDisposeScope())
            {
                var weights = model.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
                foreach (var (name, weight) in weights)
                    if (!name.Contains("norm", StringComparison.Ordinal)) weight.zero_();
                var (embedding, output) = (weights["model.embed_tokens.weight"], weights["lm_head.weight"]);
                embedding[last, 0].fill_(1);
                output[ByteTokenizer.End + 1, 0].fill_(1);
                embedding[ByteTokenizer.End + 1, 1].fill_(1);
                output[ByteTokenizer.End, 1].fill_(1);
            }
            var template = ChatTemplate.Parse("{% for message in messages %}[{{ message.role }}]{{ message.content }}{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}");
            client = new PolicyChatClient(model, tokenizer, template, new() { ModelId = word });
            Calls = new CallPipeline(client);
        }

        public CallPipeline Calls { get; }

        public void Dispose()
        {
            Calls.Dispose();
            client.Dispose();
            model.Dispose();
        }
    }
}
