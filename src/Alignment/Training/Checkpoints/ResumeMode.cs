namespace Alignment.Training;

/// <summary>What a run does with the checkpoints that its folder holds when it starts.</summary>
public enum ResumeMode
{
    /// <summary>Goes on from the newest complete one, or starts where there is none.</summary>
    Newest,

    /// <summary>Goes on from the newest complete one; that there is none is an error.</summary>
    Required,

    /// <summary>Starts; that there is one is an error, since nothing is overwritten in silence.</summary>
    Never,
}
