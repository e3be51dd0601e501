namespace Alignment.Feedback;

/// <summary>What happened to a call.</summary>
internal enum JournalEvent
{
    /// <summary>The first line.</summary>
    Opened,

    /// <summary>It is about to be sent.</summary>
    Began,

    /// <summary>It has its answer.</summary>
    Answered,

    /// <summary>It failed for good; another run tries it again.</summary>
    Failed,
}
