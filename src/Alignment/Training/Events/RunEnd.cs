namespace Alignment.Training;

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    /// <summary>All steps were done.</summary>
    Completed,

    /// <summary>Evaluations had stopped to get better.</summary>
    EarlyStopped,

    /// <summary>A watch saw over-optimisation and was told to stop.</summary>
    OverOptimized,

    /// <summary>It was asked to stop, and finished its step first.</summary>
    Interrupted,

    /// <summary>It was asked to check itself and do no step; see <see cref="RunOptions.DryRun"/>.</summary>
    DryRun,
}
