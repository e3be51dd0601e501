namespace Alignment.Training;

/// <summary>Something that a person should look at; the run goes on.</summary>
public sealed record RunWarning : RunEvent
{
    /// <summary>A short stable name, such as <c>learning-rate-high</c> or <c>chosen-log-prob-falls</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What was seen, with its numbers, and what may help.</summary>
    public required string Message { get; init; }
}
