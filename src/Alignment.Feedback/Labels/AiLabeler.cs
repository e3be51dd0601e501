namespace Alignment.Feedback;

/// <summary>Labels of preference from a model instead of people: each principle votes on both orders of the answers.</summary>
/// <remarks>
/// Lee et al. 2023, "RLAIF vs. RLHF" (arXiv 2309.00267), section 2.1: probabilities of the two numbers, averaged over both orders; optionally after
/// a chain of
/// thought. An ensemble over principles as in Bai et al. 2022 (arXiv 2212.08073), section 4.1. Answers stand between lines with a nonce.
/// </remarks>
public sealed class AiLabeler
{
    private const int AnswerTokens = 8;

    private readonly CallPipeline pipeline;
    private readonly Constitution constitution;
    private readonly LabelerOptions options;

    /// <summary>A labeler.</summary>
    /// <param name="pipeline">Makes the calls; it stays the caller's.</param>
    /// <param name="constitution">The principles that vote.</param>
    /// <param name="options">How is labelled; null for the defaults.</param>
    public AiLabeler(CallPipeline pipeline, Constitution constitution, LabelerOptions? options = null) =>
        (this.pipeline, this.constitution, this.options) = (Ensure.NotNull(pipeline), Ensure.NotNull(constitution), options ?? new());

    /// <summary>Labels many pairs.</summary>
    /// <param name="candidates">The answers.</param>
    /// <param name="progress">Told after each pair.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CostCapException">The cap is reached; votes that came are kept.</exception>
    public async Task<LabelReport> LabelAsync(
        IReadOnlyList<LabelCandidate> candidates, IProgress<CallProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var before = pipeline.Totals;
        var outcomes = await pipeline.MapAsync(candidates, LabelAsync, progress, cancellationToken).ConfigureAwait(false);
        return new LabelReport(outcomes, pipeline.Totals.Since(before));
    }

    /// <summary>Labels one pair.</summary>
    /// <param name="candidate">The answers.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="FeedbackException">A call failed, or an answer was neither 1 nor 2.</exception>
    public async Task<AiLabel> LabelAsync(LabelCandidate candidate, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var (prompt, first, second) = (candidate.Prompt.ToString(), candidate.First.ToString(), candidate.Second.ToString());
        var principles = options.PrinciplesPerPair is { } count
            ? PrincipleDraw.Of(constitution, count, options.Seed, $"{prompt}\n{first}\n{second}")
            : constitution.Principles;
        var votes = new List<PrincipleVote>();
        foreach (var principle in principles)
        {
            var given = await VoteAsync(principle, prompt, first, second, cancellationToken).ConfigureAwait(false);
            var swapped = await VoteAsync(principle, prompt, second, first, cancellationToken).ConfigureAwait(false);
            votes.Add(new PrincipleVote(principle.Id, principle.Weight, given, swapped with { FirstWins = 1 - swapped.FirstWins }));
        }
        // Drawn principles were drawn by their weights already: to weigh them again would count the weight twice.
        var mean = options.PrinciplesPerPair is null
            ? votes.Sum(vote => vote.Weight * vote.FirstWins) / votes.Sum(vote => vote.Weight)
            : votes.Average(vote => vote.FirstWins);
        return new AiLabel(candidate, Math.Clamp(mean, options.Clamp, 1 - options.Clamp), votes);
    }

    private async Task<OrderVote> VoteAsync(Principle principle, string prompt, string one, string two, CancellationToken cancellationToken)
    {
        var fence = Fence.For(options.Seed, prompt, one, two);
        var system =
            $"""
            You compare two answers to a question by one principle alone. The order of the answers means nothing, and so does their length.

            Principle: {principle.Text}

            {fence.Before}
            """;
        const string Question = "Which answer keeps the principle better? Reply with its number, 1 or 2, and nothing else.";
        var user = string.Join("\n\n", fence.Around("question", prompt), fence.Around("answer-1", one), fence.Around("answer-2", two), fence.After);
        string? thought = null;
        ChatCall call;
        if (options.UsesChainOfThought)
        {
            var think = ChatCall.Of(system,
                $"{user}\n\nThink step by step: how does each answer keep or break the principle? Don't name the better one yet.",
                new CallOptions { MaxOutputTokens = options.MaxThoughtTokens, Seed = options.Seed });
            thought = (await pipeline.AskAsync(think, cancellationToken).ConfigureAwait(false)).Text;
            call = think.Then(thought, Question);
        }
        else
        {
            call = ChatCall.Of(system, $"{user}\n\n{Question}");
        }
        for (var reading = 0; reading < options.MaxReadings; reading++)
        {
            var brief = new CallOptions { MaxOutputTokens = AnswerTokens, TopLogProbs = options.TopLogProbs, Seed = options.Seed + reading };
            var answer = await pipeline.AskAsync(call with { Options = brief }, cancellationToken).ConfigureAwait(false);
            if (Choice.Of(answer) is { } choice) return new OrderVote(choice.One, choice.IsSoft, thought);
        }
        throw new FeedbackException(FailureKind.Unreadable, FormattableString.Invariant(
            $"An answer must be 1 or 2; {options.MaxReadings} answers to principle {principle.Id} were neither."));
    }
}
