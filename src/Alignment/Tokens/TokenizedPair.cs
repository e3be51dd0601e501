namespace Alignment;

/// <summary>A preference pair as token ids. The responses carry their end token.</summary>
public sealed class TokenizedPair
{
    /// <summary>A pair of responses to one prompt.</summary>
    /// <param name="prompt">Ids of the prompt; at least one, since the first response token is predicted from it.</param>
    /// <param name="chosen">Ids of the preferred response; at least one.</param>
    /// <param name="rejected">Ids of the other response; at least one.</param>
    public TokenizedPair(IReadOnlyList<int> prompt, IReadOnlyList<int> chosen, IReadOnlyList<int> rejected)
    {
        Prompt = TokenIds.NotEmpty(prompt);
        Chosen = TokenIds.NotEmpty(chosen);
        Rejected = TokenIds.NotEmpty(rejected);
    }

    /// <summary>Ids of the prompt.</summary>
    public IReadOnlyList<int> Prompt { get; }

    /// <summary>Ids of the preferred response.</summary>
    public IReadOnlyList<int> Chosen { get; }

    /// <summary>Ids of the other response.</summary>
    public IReadOnlyList<int> Rejected { get; }

    /// <summary>By how much the chosen response is better, in units of reward.</summary>
    /// <value>The default is null: not known. Finite.</value>
    public double? Margin { get; init => field = value is { } margin ? Ensure.Finite(margin) : null; }

    /// <summary>How much the pair counts in a loss.</summary>
    /// <value>The default is null, which counts as 1. Finite, 0 or greater.</value>
    public double? Weight { get; init => field = value is { } weight ? Ensure.NotNegative(weight) : null; }

    /// <summary>The row's own name in its data set, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The data set or file that the row comes from, or null; metrics are broken down by it.</summary>
    public string? Source { get; init; }
}
