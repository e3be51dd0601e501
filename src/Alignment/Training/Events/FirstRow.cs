namespace Alignment.Training;

/// <summary>The first row of the data as the model will read it, where the options name a tokenizer: is what is trained what should be?</summary>
public sealed record FirstRow : RunEvent
{
    /// <summary>Its sequences as text, with what is trained marked.</summary>
    public required EncodingPreview Preview { get; init; }
}
