namespace Alignment.Training;

/// <summary>How long a run lasts, how its batches are made, and what is kept of it. Names and defaults are the field's.</summary>
public sealed record RunOptions
{
    /// <summary>Passes over the data; used where <see cref="MaxSteps"/> is null.</summary>
    /// <value>The default is 1. At least 1.</value>
    public int Epochs { get; init => field = Ensure.AtLeast(value, 1); } = 1;

    /// <summary>Optimizer steps of the run, over as many passes as that takes.</summary>
    /// <value>The default is null: as many as <see cref="Epochs"/> gives. At least 1.</value>
    public int? MaxSteps { get; init => field = value is int v ? Ensure.AtLeast(v, 1) : null; }

    /// <summary>Rows that go through the model at once.</summary>
    /// <value>The default is 8. At least 1.</value>
    public int BatchSize { get; init => field = Ensure.AtLeast(value, 1); } = 8;

    /// <summary>Batches whose gradients make one optimizer step; the loss is normalised over all of them together.</summary>
    /// <value>The default is 1. At least 1.</value>
    public int GradientAccumulationSteps { get; init => field = Ensure.AtLeast(value, 1); } = 1;

    /// <summary>Batches by tokens, or of rows of similar length.</summary>
    public BatchOptions Batches { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Whether each pass takes the rows in a new order.</summary>
    /// <value>The default is true.</value>
    public bool Shuffle { get; init; } = true;

    /// <summary>What the order of rows is drawn from.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;

    /// <summary>Whether the model computes in bfloat16; the optimizer then steps float32 masters of its weights, and norms and log-probabilities stay float32.</summary>
    /// <remarks>
    /// Weights are of one type from when they were loaded (<c>dataType: ScalarType.BFloat16</c>), those of a frozen reference too. A run changes neither,
    /// so that this says what must be, and a model of another type is an error before the first step.
    /// </remarks>
    /// <value>The default is null: as the model is.</value>
    public bool? Bf16 { get; init; }

    /// <summary>Whether layers are computed a second time in backward instead of being kept; see <see cref="TokenModel.GradientCheckpointing"/>.</summary>
    /// <value>The default is null: as the model is set.</value>
    public bool? GradientCheckpointing { get; init; }

    /// <summary>Every how many steps observers that write lines write one, with the means of the steps between. Observers hear every step.</summary>
    /// <value>The default is 10. At least 1.</value>
    [FreeOnResume]
    public int LoggingSteps { get; init => field = Ensure.AtLeast(value, 1); } = 10;

    /// <summary>Whether, where and how often the run saves itself, and goes on from what it saved.</summary>
    [FreeOnResume]
    public CheckpointOptions Checkpoints { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Evaluation on held-out rows.</summary>
    public EvaluationOptions Evaluation { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Whether a run that over-optimises is noticed, and what follows.</summary>
    public WatchOptions Watch { get; init => field = Ensure.NotNull(value); } = new();

    /// <summary>Whether a run checks itself before its first step, as each trainer describes.</summary>
    /// <value>The default is true.</value>
    public bool SelfChecks { get; init; } = true;

    /// <summary>Whether the run ends before its first step, after its checks, the count of its memory and the try of its longest batch.</summary>
    /// <remarks>Nothing is learnt, and no checkpoint is read or written.</remarks>
    /// <value>The default is false.</value>
    [FreeOnResume]
    public bool DryRun { get; init; }

    /// <summary>Turns token ids into text: the first row for <see cref="FirstRow"/>, answers for <see cref="EvaluationDone.Answers"/>, sampled responses for
    /// reward functions, judges and <see cref="OnPolicyStep.Samples"/>. Its end token ends responses where no other is named.</summary>
    /// <value>The default is null: nothing is shown as text.</value>
    [FreeOnResume]
    public ITokenizer? Tokenizer { get; init; }

    /// <summary>What happens when a number is no longer finite.</summary>
    /// <value>The default is <see cref="Training.NonFinite.Stop"/>.</value>
    public NonFinite NonFinite { get; init => field = Ensure.Defined(value); }

    /// <summary>Rows of one optimizer step, where batches are made of rows.</summary>
    public int RowsPerStep => BatchSize * GradientAccumulationSteps;
}
