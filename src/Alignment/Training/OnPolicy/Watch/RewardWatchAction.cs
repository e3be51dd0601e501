namespace Alignment.Training;

/// <summary>What a run does when its rewards look gamed.</summary>
public enum RewardWatchAction
{
    /// <summary>Warns, once for each sign, and goes on.</summary>
    Warn,

    /// <summary>Warns and multiplies what a nat of divergence costs by <see cref="RewardWatchOptions.RaiseFactor"/>, once for each sign.</summary>
    RaiseKl,

    /// <summary>Warns and ends the run.</summary>
    Stop,

    /// <summary>Warns, ends the run and gives the models the weights of the best evaluation. Needs a folder for checkpoints.</summary>
    RollBack,
}
