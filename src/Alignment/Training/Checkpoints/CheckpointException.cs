namespace Alignment.Training;

/// <summary>A checkpoint can't be written, or a run can't go on from the one that is there; the message says which, why, and what differs.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Without a message.</summary>
    public CheckpointException() { }

    /// <summary>With a message.</summary>
    /// <param name="message">Which checkpoint, what is wrong with it, what may help.</param>
    public CheckpointException(string message) : base(message) { }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">Which checkpoint, what is wrong with it, what may help.</param>
    /// <param name="innerException">The cause.</param>
    public CheckpointException(string message, Exception innerException) : base(message, innerException) { }
}
