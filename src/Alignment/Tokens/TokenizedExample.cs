namespace Alignment;

/// <summary>A prompt and one response as token ids. The response carries its end token.</summary>
public sealed class TokenizedExample
{
    /// <summary>One response to a prompt.</summary>
    /// <param name="prompt">Ids of the prompt; at least one, since the first response token is predicted from it.</param>
    /// <param name="response">Ids of the response; at least one.</param>
    public TokenizedExample(IReadOnlyList<int> prompt, IReadOnlyList<int> response)
    {
        Prompt = TokenIds.NotEmpty(prompt);
        Response = TokenIds.NotEmpty(response);
    }

    /// <summary>Ids of the prompt.</summary>
    public IReadOnlyList<int> Prompt { get; }

    /// <summary>Ids of the response.</summary>
    public IReadOnlyList<int> Response { get; }
}
