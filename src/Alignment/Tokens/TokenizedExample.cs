using System.Globalization;

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
        TrainedTokenCount = response.Count;
    }

    /// <summary>Ids of the prompt.</summary>
    public IReadOnlyList<int> Prompt { get; }

    /// <summary>Ids of the response, or of all that follows the prompt where <see cref="Mask"/> says what of it counts.</summary>
    public IReadOnlyList<int> Response { get; }

    /// <summary>Which tokens of the response are learnt, true for those that count; the others are only read.</summary>
    /// <value>The default is null: all. One for each token of <see cref="Response"/>, at least one of them true.</value>
    /// <exception cref="ArgumentException">Lengths differ, or nothing would be learnt.</exception>
    public IReadOnlyList<bool>? Mask
    {
        get;
        init
        {
            field = value;
            TrainedTokenCount = value is null ? Response.Count : Counted(value, nameof(Mask));
        }
    }

    /// <summary>How many tokens of the response are learnt.</summary>
    public int TrainedTokenCount { get; private init; }

    /// <summary>How much the example counts in a loss.</summary>
    /// <value>The default is null, which counts as 1. Finite, 0 or greater.</value>
    public double? Weight { get; init => field = value is { } weight ? Ensure.NotNegative(weight) : null; }

    /// <summary>The row's own name in its data set, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The data set or file that the row comes from, or null; metrics are broken down by it.</summary>
    public string? Source { get; init; }

    private int Counted(IReadOnlyList<bool> mask, string name)
    {
        if (mask.Count != Response.Count)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{name} must have one element for each of the {Response.Count} response tokens; it has {mask.Count}."), name);
        var counted = mask.Count(counts => counts);
        return counted > 0 ? counted : throw new ArgumentException($"{name} must be true for at least one response token, or there is nothing to learn.", name);
    }
}
