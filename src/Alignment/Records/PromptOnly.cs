namespace Alignment;

/// <summary>A prompt without a response, for a policy to answer.</summary>
/// <param name="Prompt">What is to be answered.</param>
public sealed record PromptOnly(Transcript Prompt) : IPromptRecord
{
    /// <inheritdoc/>
    public string? Id { get; init; }

    /// <inheritdoc/>
    public string? Source { get; init; }
}
