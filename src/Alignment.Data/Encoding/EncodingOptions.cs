namespace Alignment.Data;

/// <summary>How records become tokens.</summary>
public sealed record EncodingOptions
{
    /// <summary>What writes records of chat messages as text. Use the model's own: <see cref="ChatTemplate.FromPretrained"/>.</summary>
    /// <value>The default is null: a record of chat messages is an error.</value>
    public IChatTemplate? Template { get; init; }

    /// <summary>The fixed text around the prompts of records of plain text.</summary>
    /// <value>The default is <see cref="PromptFormat.None"/>.</value>
    public PromptFormat Format { get; init => field = value ?? throw new ArgumentNullException(nameof(Format)); } = PromptFormat.None;

    /// <summary>Whether the encoder puts the tokenizer's begin token before each row.</summary>
    /// <value>
    /// The default is null: before plain text what the tokenizer's own template puts there (<see cref="ITokenizer.BeforeText"/>), unless
    /// <see cref="Format"/> begins with it; before chat messages nothing, since chat templates write it themselves. A row that then begins with
    /// two is an error.
    /// </value>
    public bool? AddBegin { get; init; }

    /// <summary>Whether special tokens that prompts and responses spell are read as these tokens.</summary>
    /// <value>
    /// The default is false: they stay plain text, so that no text can end a turn or speak for another role. Set it for data that was
    /// rendered before, whose columns hold the special tokens of a template.
    /// </value>
    public bool ParseSpecialTokens { get; init; }

    /// <summary>The most tokens of prompt and response together; of a record without response, of the prompt.</summary>
    /// <value>The default is null: no limit. At least 2.</value>
    public int? MaxLength
    {
        get;
        init => field = value is null or >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(MaxLength), value, "MaxLength must be at least 2.");
    }

    /// <summary>What becomes of rows that are longer than <see cref="MaxLength"/>.</summary>
    /// <value>The default is <see cref="OverLength.Drop"/>.</value>
    public OverLength OverLength { get; init => field = Ensure.Defined(value); } = OverLength.Drop;

    /// <summary>What of a demonstration is learnt.</summary>
    /// <value>The default is <see cref="TrainOn.Response"/>.</value>
    public TrainOn TrainOn { get; init => field = Ensure.Defined(value); } = TrainOn.Response;

    /// <summary>How many threads encode many rows.</summary>
    /// <value>The default is the number of processors. At least 1. The rows are the same and in the same order for every number.</value>
    public int Threads { get; init => field = Ensure.AtLeast(value, 1); } = Environment.ProcessorCount;
}
