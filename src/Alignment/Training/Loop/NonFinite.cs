namespace Alignment.Training;

/// <summary>What a run does with a loss or gradient that is not a finite number.</summary>
public enum NonFinite
{
    /// <summary>Stops with an error that names step, rows and the layer where it began; weights are as before the step.</summary>
    Stop,

    /// <summary>Leaves the step out, warns and counts it. 10 such steps in a row stop the run all the same.</summary>
    Skip,
}
