namespace Alignment.Training;

/// <summary>How the learning rate goes on after warm-up.</summary>
public enum LearningRateSchedule
{
    /// <summary>Falls in a straight line to 0 at the last step.</summary>
    Linear,

    /// <summary>Falls along half a cosine to 0 at the last step.</summary>
    Cosine,

    /// <summary>Stays.</summary>
    Constant,
}
