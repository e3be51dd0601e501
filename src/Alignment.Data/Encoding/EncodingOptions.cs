namespace Alignment.Data;

/// <summary>How records become tokens.</summary>
public sealed record EncodingOptions
{
    /// <summary>The fixed text around prompts.</summary>
    /// <value>The default is <see cref="PromptFormat.None"/>.</value>
    public PromptFormat Format { get; init => field = value ?? throw new ArgumentNullException(nameof(Format)); } = PromptFormat.None;

    /// <summary>Whether each prompt begins with the tokenizer's begin token.</summary>
    /// <value>The default is false.</value>
    public bool AddBegin { get; init; }

    /// <summary>The most tokens of prompt and response together. A longer response is cut at its end, so that it loses its end token; each cut is counted.</summary>
    /// <value>The default is null: no limit. At least 2.</value>
    public int? MaxLength
    {
        get;
        init => field = value is null or >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(MaxLength), value, "MaxLength must be at least 2.");
    }
}
