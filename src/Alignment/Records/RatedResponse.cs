namespace Alignment;

/// <summary>One response to a prompt and the score that somebody gave it.</summary>
/// <param name="Prompt">What the response answers.</param>
/// <param name="Response">The response that was rated.</param>
/// <param name="Rating">The score, higher being better, in the units of its data set. Finite.</param>
public sealed record RatedResponse(Transcript Prompt, Transcript Response, double Rating) : IPromptRecord
{
    /// <summary>The score, higher being better, in the units of its data set.</summary>
    /// <value>Finite.</value>
    public double Rating { get; init => field = Ensure.Finite(value); } = Ensure.Finite(Rating);

    /// <inheritdoc/>
    public string? Id { get; init; }

    /// <inheritdoc/>
    public string? Source { get; init; }
}
