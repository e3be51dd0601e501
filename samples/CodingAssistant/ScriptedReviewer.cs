using System.Text.Json;
using Alignment.Feedback;

namespace Alignment.Samples;

/// <summary>Takes the place of a model that reviews code. It is a linter and no reviewer: it sees what <see cref="CodeReview"/> checks, and nothing else.</summary>
internal sealed class ScriptedReviewer(Constitution criteria) : ScriptedClient
{
    protected override string Answer(ScriptedQuestion question)
    {
        var (one, two) = (CodeReview.Of(question["answer-1"]), CodeReview.Of(question["answer-2"]));
        var principle = criteria.Principles.FirstOrDefault(principle => question.System.Contains($"Principle: {principle.Text}", StringComparison.Ordinal));

        // A vote must name one of the two; where there is nothing to tell them apart it names the first, in both orders, and so says nothing.
        if (principle is not null) return two.Count(principle.Id) < one.Count(principle.Id) ? "2" : "1";

        var (ours, theirs) = (Weight(one), Weight(two));
        var verdict = ours < theirs ? "1" : theirs < ours ? "2" : "tie";
        return JsonSerializer.Serialize(new { reason = $"Faults weigh {ours} and {theirs}.", verdict });
    }

    private double Weight(CodeReview review) => criteria.Principles.Sum(principle => principle.Weight * Math.Min(review.Count(principle.Id), 10));
}
