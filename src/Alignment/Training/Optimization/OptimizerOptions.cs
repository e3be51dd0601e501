namespace Alignment.Training;

/// <summary>AdamW and its learning rate. Names and defaults are the field's.</summary>
public sealed record OptimizerOptions
{
    /// <summary>The highest learning rate.</summary>
    /// <value>By default the trainer's own: 2e-5 for supervised fine-tuning, 5e-7 for DPO. Finite and greater than 0.</value>
    public double? LearningRate { get; init => field = value is double v ? Ensure.Positive(v) : null; }

    /// <summary>How the rate goes on after warm-up.</summary>
    /// <value>The default is <see cref="LearningRateSchedule.Linear"/>.</value>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Linear;

    /// <summary>Steps over which the rate rises from 0 in a straight line. The first of them has rate 0.</summary>
    /// <value>The default is 0, no warm-up.</value>
    public int WarmupSteps { get; init => field = Ensure.AtLeast(value, 0); }

    /// <summary>Share of all steps used for warm-up, rounded up; used where <see cref="WarmupSteps"/> is 0.</summary>
    /// <value>The default is 0. At least 0 and below 1.</value>
    public double WarmupRatio { get; init => field = Ensure.AtLeastZeroBelow(value, 1); }

    /// <summary>Decoupled weight decay. Biases and norms, the parameters of one dimension, are left out.</summary>
    /// <value>The default is 0.</value>
    public double WeightDecay { get; init => field = Ensure.NotNegative(value); }

    /// <summary>Weights with a learning rate or decay of their own, by their names. The first group that fits counts.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<ParameterGroup> Groups { get; init => field = Ensure.NotNull(value); } = [];

    /// <summary>Decay of the mean of gradients.</summary>
    /// <value>The default is 0.9. At least 0 and below 1.</value>
    public double Beta1 { get; init => field = Ensure.AtLeastZeroBelow(value, 1); } = 0.9;

    /// <summary>Decay of the mean of squared gradients.</summary>
    /// <value>The default is 0.999. At least 0 and below 1.</value>
    public double Beta2 { get; init => field = Ensure.AtLeastZeroBelow(value, 1); } = 0.999;

    /// <summary>What is added to the denominator.</summary>
    /// <value>The default is 1e-8. Finite and greater than 0.</value>
    public double Epsilon { get; init => field = Ensure.Positive(value); } = 1e-8;

    /// <summary>Gradients whose global norm is larger are scaled down to it.</summary>
    /// <value>The default is 1. Finite and greater than 0.</value>
    public double MaxGradNorm { get; init => field = Ensure.Positive(value); } = 1;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="totalSteps">Steps of the whole run.</param>
    /// <param name="highest">The rate at the end of warm-up.</param>
    public double RateAt(int step, int totalSteps, double highest)
    {
        var warmup = WarmupSteps > 0 ? WarmupSteps : (int)Math.Ceiling(WarmupRatio * totalSteps);
        if (step < warmup) return highest * step / warmup;
        var progress = (double)(step - warmup) / Math.Max(1, totalSteps - warmup);
        return Schedule switch
        {
            LearningRateSchedule.Linear => highest * Math.Max(0, 1 - progress),
            LearningRateSchedule.Cosine => highest * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress))),
            _ => highest,
        };
    }
}
