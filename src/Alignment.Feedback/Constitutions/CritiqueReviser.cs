namespace Alignment.Feedback;

/// <summary>The first stage of Constitutional AI: answers are criticised and revised by principles that are drawn for each.</summary>
/// <remarks>
/// Bai et al. 2022 (arXiv 2212.08073), section 3.1. Questions and answers stand between lines with a nonce, since red-team prompts are written to
/// be obeyed.
/// </remarks>
public sealed class CritiqueReviser
{
    private const string Keep = "NO_CHANGE";

    private readonly CallPipeline pipeline;
    private readonly Constitution constitution;
    private readonly ReviserOptions options;

    /// <summary>A reviser.</summary>
    /// <param name="pipeline">Makes the calls; it stays the caller's.</param>
    /// <param name="constitution">The principles.</param>
    /// <param name="options">How is revised; null for the defaults.</param>
    public CritiqueReviser(CallPipeline pipeline, Constitution constitution, ReviserOptions? options = null) =>
        (this.pipeline, this.constitution, this.options) = (Ensure.NotNull(pipeline), Ensure.NotNull(constitution), options ?? new());

    /// <summary>Revises answers that are there.</summary>
    /// <param name="rows">Prompts and their answers.</param>
    /// <param name="progress">Told after each row.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CostCapException">The cap is reached; answers that came are kept.</exception>
    public Task<RevisionReport> ReviseAsync(IReadOnlyList<Demonstration> rows, IProgress<CallProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        RunAsync(rows, (row, _) => Task.FromResult(row), progress, cancellationToken);

    /// <summary>Lets a policy answer prompts, and revises its answers.</summary>
    /// <param name="prompts">The prompts.</param>
    /// <param name="policy">The calls of the model that is to learn; it stays the caller's.</param>
    /// <param name="policyOptions">How the policy answers; null for the defaults.</param>
    /// <param name="progress">Told after each row.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="CostCapException">The cap is reached; answers that came are kept.</exception>
    public Task<RevisionReport> AnswerAndReviseAsync(
        IReadOnlyList<PromptOnly> prompts, CallPipeline policy, CallOptions? policyOptions = null, IProgress<CallProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return RunAsync(prompts, async (row, token) =>
        {
            var messages = row.Prompt.Messages ?? [new ChatMessage("user", row.Prompt.Text!)];
            var answer = await policy.AskAsync(new ChatCall(messages, policyOptions ?? new()), token).ConfigureAwait(false);
            var response = row.Prompt.IsConversational ? new Transcript([new ChatMessage("assistant", answer.Text)]) : new Transcript(answer.Text);
            return new Demonstration(row.Prompt, response) { Id = row.Id, Source = row.Source };
        }, progress, cancellationToken);
    }

    /// <summary>Revises one answer.</summary>
    /// <param name="row">The prompt and its answer.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="FeedbackException">A call failed, or a revision was cut.</exception>
    public async Task<RevisionTrace> ReviseAsync(Demonstration row, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(row);
        var (prompt, answer) = (row.Prompt.ToString(), Said(row.Response));
        var steps = new List<RevisionStep>();
        foreach (var principle in PrincipleDraw.Of(constitution, options.MaxRounds, options.Seed, $"{prompt}\n{answer}"))
        {
            var step = await RoundAsync(prompt, answer, principle, cancellationToken).ConfigureAwait(false);
            steps.Add(step);
            answer = step.Revision ?? answer;
        }
        return new RevisionTrace(row.Prompt, row.Response, steps, constitution.ToString()) { Id = row.Id, Source = row.Source };
    }

    private async Task<RevisionReport> RunAsync<TRow>(
        IReadOnlyList<TRow> rows, Func<TRow, CancellationToken, Task<Demonstration>> answer, IProgress<CallProgress>? progress,
            CancellationToken cancellationToken)
    {
        var before = pipeline.Totals;
        var outcomes = await pipeline.MapAsync(rows, async (row, token) =>
            await ReviseAsync(await answer(row, token).ConfigureAwait(false), token).ConfigureAwait(false), progress, cancellationToken)
                .ConfigureAwait(false);
        return new RevisionReport(outcomes, pipeline.Totals.Since(before));
    }

    private async Task<RevisionStep> RoundAsync(string prompt, string answer, Principle principle, CancellationToken cancellationToken)
    {
        var fence = Fence.For(options.Seed, prompt, answer);
        var system =
            $"""
            You examine the answer of an assistant by a principle, and rewrite it. {(constitution.Language == FeedbackLanguage.Korean ? "한국어로 쓰세요." : "Write in English.")}

            Principle: {principle.Text}

            {fence.Before}
            """;
        var ask = string.Join("\n\n", fence.Around("question", prompt), fence.Around("answer", answer), fence.After, principle.CritiqueRequest);
        if (options.MayKeep) ask += $"\nIf the answer keeps the principle already, reply with {Keep} and nothing else.";
        var call = ChatCall.Of(system, ask, new CallOptions { Temperature = options.Temperature, MaxOutputTokens = options.MaxOutputTokens,
            Seed = options.Seed });
        var critique = await pipeline.AskAsync(call, cancellationToken).ConfigureAwait(false);
        if (options.MayKeep && critique.Text.Trim().Trim('.', '"', '`', '*') == Keep)
            return new RevisionStep(principle.Id, critique.Text.Trim(), null);

        var revision = await pipeline.AskAsync(
            call.Then(critique.Text, $"{principle.RevisionRequest}\nReply with the revised answer alone: no introduction, no lines of the material."), cancellationToken).ConfigureAwait(false);
        if (revision.IsCut)
            throw new FeedbackException(FailureKind.TooLong, FormattableString.Invariant(
                $"The revision did not end within {options.MaxOutputTokens} tokens ({nameof(ReviserOptions.MaxOutputTokens)})."));
        return new RevisionStep(principle.Id, critique.Text.Trim(), revision.Text.Trim());
    }

    // What an assistant said, without the names of roles where it is one message.
    private static string Said(Transcript response) => response is { IsConversational: true, Messages: [var only] } ? only.Content
        : response.ToString();
}
