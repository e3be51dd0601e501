namespace Alignment.Training;

/// <summary>How long a run lasts and how its batches are made.</summary>
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

    /// <summary>Whether each pass takes the rows in a new order.</summary>
    /// <value>The default is true.</value>
    public bool Shuffle { get; init; } = true;

    /// <summary>What the order of rows is drawn from.</summary>
    /// <value>The default is 42.</value>
    public int Seed { get; init; } = 42;

    /// <summary>Every how many steps observers that write lines write one, with the means of the steps between. Observers hear every step.</summary>
    /// <value>The default is 10. At least 1.</value>
    public int LoggingSteps { get; init => field = Ensure.AtLeast(value, 1); } = 10;

    /// <summary>Rows of one optimizer step.</summary>
    public int RowsPerStep => BatchSize * GradientAccumulationSteps;

    /// <summary>Optimizer steps of a run over so many rows; the last step of a pass may be smaller.</summary>
    /// <param name="rows">Number of rows.</param>
    public int TotalSteps(int rows) => MaxSteps ?? Epochs * StepsPerEpoch(rows);

    internal int StepsPerEpoch(int rows) => (rows + RowsPerStep - 1) / RowsPerStep;
}
