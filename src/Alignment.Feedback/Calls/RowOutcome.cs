using System.Diagnostics.CodeAnalysis;

namespace Alignment.Feedback;

/// <summary>What became of a row: a result, or the reason why there is none.</summary>
/// <typeparam name="TResult">What is made of a row.</typeparam>
public sealed class RowOutcome<TResult> where TResult : class
{
    internal RowOutcome(int row, TResult? result, FeedbackException? failure) => (Row, Result, Failure) = (row, result, failure);

    /// <summary>The row's place, from 0.</summary>
    public int Row { get; }

    /// <summary>The result, or null where the row failed.</summary>
    public TResult? Result { get; }

    /// <summary>The reason, or null where there is a result.</summary>
    public FeedbackException? Failure { get; }

    /// <summary>Whether there is a result.</summary>
    [MemberNotNullWhen(true, nameof(Result))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsDone => Result is not null;
}
