namespace Alignment.Training;

/// <summary>Answers that a model gives to held-out prompts at each evaluation: for a person to read, and for the watch to measure.</summary>
/// <remarks>
/// They are sampled from the model itself at temperature 1 with fixed random numbers, so that two evaluations differ by the model alone. From
/// them come <c>eval/answers/length</c> (tokens), <c>eval/answers/ended</c> (share that ended by themselves), <c>eval/answers/entropy</c> (nats a
/// token, the mean of -log π) and, against a reference that can score new text, <c>eval/answers/kl</c> (nats an answer, the mean of log π - log ref).
/// </remarks>
[FreeOnResume]
public sealed record AnswerOptions
{
    /// <summary>How many held-out prompts are answered, the first ones.</summary>
    /// <value>The default is 0. At least 0.</value>
    public int Count { get; init => field = Ensure.AtLeast(value, 0); }

    /// <summary>The longest answer, in tokens.</summary>
    /// <value>The default is 128. At least 1.</value>
    public int MaxNewTokens { get; init => field = Ensure.AtLeast(value, 1); } = 128;

    /// <summary>Tokens that end an answer.</summary>
    /// <value>The default is none; with a <see cref="RunOptions.Tokenizer"/> its end token.</value>
    public IReadOnlyCollection<int> StopIds { get; init => field = Ensure.NotNull(value); } = [];
}
