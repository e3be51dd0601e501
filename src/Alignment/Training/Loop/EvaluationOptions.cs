namespace Alignment.Training;

/// <summary>When held-out rows are looked at, and what follows from it.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Optimizer steps between two evaluations.</summary>
    /// <value>The default is null: one, at the end. At least 1.</value>
    public int? EvalSteps { get; init => field = value is int v ? Ensure.AtLeast(v, 1) : null; }

    /// <summary>Whether the model is measured before its first step too: what it answered before is then there to compare with.</summary>
    /// <value>The default is false.</value>
    public bool EvalOnStart { get; init; }

    /// <summary>Rows that go through the model at once.</summary>
    /// <value>The default is 16. At least 1.</value>
    public int BatchSize { get; init => field = Ensure.AtLeast(value, 1); } = 16;

    /// <summary>The number that tells which evaluation is best.</summary>
    /// <value>The default is <c>eval/loss</c>.</value>
    public string Metric
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(Metric));
            field = value;
        }
    } = "eval/loss";

    /// <summary>Whether more of <see cref="Metric"/> is better.</summary>
    /// <value>The default is false: less is better, as of a loss.</value>
    public bool GreaterIsBetter { get; init; }

    /// <summary>Evaluations in a row that may be no better than the best before the run ends.</summary>
    /// <value>The default is null: it does not end for that. At least 1.</value>
    public int? Patience { get; init => field = value is int v ? Ensure.AtLeast(v, 1) : null; }

    /// <summary>Answers to held-out prompts.</summary>
    public AnswerOptions Answers { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Whether the model goes back to its best evaluation at the end. Needs a folder for checkpoints.</summary>
    /// <value>The default is false.</value>
    public bool RestoresBest { get; init; }
}
