namespace Alignment.Feedback;

/// <summary>A call failed for good: its model answered with an error, or not at all, as often as was tried.</summary>
public sealed class CallException : FeedbackException
{
    internal CallException(FailureKind kind, string message, int attempts, bool mayBeBilled) : base(kind, message) =>
        (Attempts, MayBeBilled) = (attempts, mayBeBilled);

    /// <summary>How often the call was sent.</summary>
    public int Attempts { get; }

    /// <summary>Whether the endpoint may charge for it although no answer came: it was counted as if it had been answered at full length.</summary>
    public bool MayBeBilled { get; }
}
