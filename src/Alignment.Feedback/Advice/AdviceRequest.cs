namespace Alignment.Feedback;

/// <summary>What advice is wanted on.</summary>
public sealed record AdviceRequest
{
    /// <summary>The data.</summary>
    public required DataProfile Data { get; init => field = Ensure.NotNull(value); }

    /// <summary>The machine.</summary>
    /// <value>By default one without an accelerator.</value>
    public TrainingHardware Hardware { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>What shall be learnt.</summary>
    /// <value>The default is <see cref="TrainingGoal.Preferences"/>.</value>
    public TrainingGoal Goal { get; init => field = Ensure.Defined(value); }

    /// <summary>Weights of the model, in billions.</summary>
    /// <value>The default is 7. Finite and greater than 0.</value>
    public double BillionWeights { get; init => field = Ensure.Positive(value); } = 7;
}
