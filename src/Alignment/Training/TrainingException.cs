namespace Alignment.Training;

/// <summary>A run that cannot go on, such as one whose loss is no longer a number.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>Without a message.</summary>
    public TrainingException() { }

    /// <summary>With a message.</summary>
    /// <param name="message">What happened, at which step and in which rows.</param>
    public TrainingException(string message) : base(message) { }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">What happened, at which step and in which rows.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingException(string message, Exception innerException) : base(message, innerException) { }
}
