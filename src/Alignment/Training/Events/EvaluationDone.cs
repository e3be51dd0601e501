namespace Alignment.Training;

/// <summary>The model was measured on rows that it does not learn from.</summary>
public sealed record EvaluationDone : RunEvent
{
    /// <summary>The numbers, by names such as <c>eval/loss</c> and <c>eval/rewards/accuracies</c>; those of one source carry its name behind <c>eval/by_source/</c>.</summary>
    public required IReadOnlyList<Metric> Metrics { get; init; }

    /// <summary>Whether no evaluation of the run was better by the metric that the options name.</summary>
    public required bool IsBest { get; init; }

    /// <summary>Answers to a few held-out prompts, where the options ask for them.</summary>
    public IReadOnlyList<SampleAnswer> Answers { get; init; } = [];
}
