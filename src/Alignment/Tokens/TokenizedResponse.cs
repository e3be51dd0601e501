namespace Alignment;

/// <summary>A prompt, one response and whether it is a good one, as token ids. The response carries its end token.</summary>
public sealed class TokenizedResponse
{
    /// <summary>One judged response to a prompt.</summary>
    /// <param name="prompt">Ids of the prompt; at least one, since the first response token is predicted from it.</param>
    /// <param name="response">Ids of the response; at least one.</param>
    /// <param name="isDesirable">Whether the response is one that the model should give.</param>
    public TokenizedResponse(IReadOnlyList<int> prompt, IReadOnlyList<int> response, bool isDesirable)
    {
        Prompt = TokenIds.NotEmpty(prompt);
        Response = TokenIds.NotEmpty(response);
        IsDesirable = isDesirable;
    }

    /// <summary>Ids of the prompt.</summary>
    public IReadOnlyList<int> Prompt { get; }

    /// <summary>Ids of the response.</summary>
    public IReadOnlyList<int> Response { get; }

    /// <summary>Whether the response is one that the model should give.</summary>
    public bool IsDesirable { get; }

    /// <summary>How much the response counts in a loss.</summary>
    /// <value>The default is null, which counts as 1. Finite, 0 or greater.</value>
    public double? Weight { get; init => field = value is { } weight ? Ensure.NotNegative(weight) : null; }

    /// <summary>The row's own name in its data set, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The data set or file that the row comes from, or null; metrics are broken down by it.</summary>
    public string? Source { get; init; }
}
