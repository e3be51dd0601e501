namespace Alignment.Training;

/// <summary>A response that a policy gave to a prompt, to be scored.</summary>
public sealed record SampledResponse
{
    /// <summary>Ids of the prompt.</summary>
    public required IReadOnlyList<int> Prompt { get; init; }

    /// <summary>Ids of the response up to and with the token that ended it; at least one.</summary>
    public required IReadOnlyList<int> Ids { get; init; }

    /// <summary>Whether a stop token ended it; false where there was no room for more.</summary>
    public required bool HasEnded { get; init; }

    /// <summary>Where the prompt stands in the data.</summary>
    public required int Place { get; init; }

    /// <summary>Number among the samples of its prompt, from 0.</summary>
    public int Sample { get; init; }

    /// <summary>The prompt's own name in its data set, or null.</summary>
    public string? PromptId { get; init; }

    /// <summary>Text of the prompt; null where no tokenizer is given.</summary>
    public string? PromptText { get; init; }

    /// <summary>Text of the response without special tokens; null where no tokenizer is given.</summary>
    public string? Text { get; init; }

    /// <summary>How an error names it, without its text.</summary>
    internal string Name => FormattableString.Invariant($"sample {Sample} of prompt {PromptId ?? $"{Place} of the data"}");
}
