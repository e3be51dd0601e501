namespace Alignment.Feedback;

/// <summary>What calls took.</summary>
/// <param name="Requests">Requests that were sent, new tries included.</param>
/// <param name="Answers">Answers that came.</param>
/// <param name="FromCache">Answers that were there already.</param>
/// <param name="Failures">Calls that failed for good.</param>
/// <param name="InputTokens">Tokens of answered questions.</param>
/// <param name="OutputTokens">Tokens of answers.</param>
/// <param name="Cost">What answers cost.</param>
/// <param name="UncertainCost">What calls could cost at most that may be charged although no answer came: broken off, timed out, or killed on their
/// way.</param>
public sealed record CallTotals(
    long Requests, long Answers, long FromCache, long Failures, long InputTokens, long OutputTokens, decimal Cost, decimal UncertainCost)
{
    /// <summary>What was taken between an earlier count and this one.</summary>
    /// <param name="earlier">The earlier count.</param>
    public CallTotals Since(CallTotals earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new(
            Requests - earlier.Requests, Answers - earlier.Answers, FromCache - earlier.FromCache, Failures - earlier.Failures,
            InputTokens - earlier.InputTokens, OutputTokens - earlier.OutputTokens, Cost - earlier.Cost, UncertainCost - earlier.UncertainCost);
    }
}
