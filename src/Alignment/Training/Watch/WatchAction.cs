namespace Alignment.Training;

/// <summary>What a run does when its watch sees over-optimisation.</summary>
public enum WatchAction
{
    /// <summary>Warns, once for each sign, and goes on.</summary>
    Warn,

    /// <summary>Warns and ends the run.</summary>
    Stop,

    /// <summary>Warns, ends the run and gives the model the weights of its best evaluation. Needs a folder for checkpoints.</summary>
    RestoreBest,
}
