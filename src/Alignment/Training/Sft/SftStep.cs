namespace Alignment.Training;

/// <summary>What one step of supervised fine-tuning measured. The loss is the mean negative log-probability of the step's trained tokens, in nats a token.</summary>
public sealed record SftStep : TrainingStep;
