namespace Alignment.Feedback;

/// <summary>One row could not be worked on, which says nothing of the others: <see cref="CallPipeline.MapAsync"/> keeps it with its reason.</summary>
public class FeedbackException : Exception
{
    /// <summary>A row could not be worked on.</summary>
    /// <param name="kind">The sort of reason.</param>
    /// <param name="message">The reason. Never holds a key, a prompt or an answer.</param>
    public FeedbackException(FailureKind kind, string message) : base(message) => Kind = kind;

    /// <summary>The sort of reason.</summary>
    public FailureKind Kind { get; }
}
