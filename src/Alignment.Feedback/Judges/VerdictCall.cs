namespace Alignment.Feedback;

/// <summary>How judges are asked for a verdict: again where it can't be read, and then it is a failure.</summary>
/// <param name="Pipeline">Makes the calls.</param>
/// <param name="Reader">Reads the verdicts.</param>
internal sealed record VerdictCall(CallPipeline Pipeline, VerdictReader Reader)
{
    public required int Seed { get; init; }

    public required int MaxOutputTokens { get; init; }

    public required bool UsesSchema { get; init; }

    public required int MaxReadings { get; init; }

    public required int MaxCharacters { get; init; }

    /// <exception cref="FeedbackException">A call failed, or no verdict can be read.</exception>
    public async Task<(string Verdict, string Reason)> AskAsync(string system, string user, CancellationToken cancellationToken)
    {
        for (var reading = 0; reading < MaxReadings; reading++)
        {
            // Another seed is another call: an unreadable verdict that was kept would come back for ever.
            var answer = await Pipeline.AskAsync(ChatCall.Of(system, user, new CallOptions
            {
                MaxOutputTokens = MaxOutputTokens,
                Seed = Seed + reading,
                JsonSchema = UsesSchema ? Reader.Schema : null,
            }), cancellationToken).ConfigureAwait(false);
            if (Reader.Read(answer.Text) is { } verdict) return verdict;
        }
        throw new FeedbackException(FailureKind.Unreadable, FormattableString.Invariant(
            $"A verdict must be one JSON object with \"reason\" and \"verdict\" ({Reader.Choices}); {MaxReadings} answers were none."));
    }

    /// <summary>What is shown of a transcript: an assistant's one message without the name of its role.</summary>
    /// <exception cref="FeedbackException">It is too long.</exception>
    public string Shown(Transcript transcript)
    {
        var text = transcript is { IsConversational: true, Messages: [{ Role: "assistant" } only] } ? only.Content : transcript.ToString();
        return text.Length <= MaxCharacters ? text : throw new FeedbackException(FailureKind.TooLong, FormattableString.Invariant(
            $"A text must have at most {MaxCharacters} characters ({nameof(MaxCharacters)}); this one has {text.Length}."));
    }
}
