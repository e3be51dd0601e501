namespace Alignment.Feedback;

/// <summary>Why a row could not be worked on.</summary>
public enum FailureKind
{
    /// <summary>The endpoint said "too many requests" (429) as often as was tried.</summary>
    RateLimited,

    /// <summary>The endpoint failed (500 and above) as often as was tried.</summary>
    ServerError,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>The connection failed, or broke off in the middle of an answer.</summary>
    BrokenOff,

    /// <summary>The endpoint refuses the call (400 to 499); trying again does not help.</summary>
    Refused,

    /// <summary>The endpoint's filter held the answer back.</summary>
    Filtered,

    /// <summary>The answer is empty, or is not what was asked for.</summary>
    Unreadable,

    /// <summary>A text is longer than may be sent.</summary>
    TooLong,
}
