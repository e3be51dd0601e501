namespace Alignment.Training;

/// <summary>A response could not be scored, after every attempt that the options allow.</summary>
public sealed class RewardException : Exception
{
    /// <summary>Without a message.</summary>
    public RewardException() { }

    /// <summary>With a message.</summary>
    /// <param name="message">Which response, and what happened.</param>
    public RewardException(string message) : base(message) { }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">Which response, and what happened.</param>
    /// <param name="innerException">What the last attempt ended with.</param>
    public RewardException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>The response, whose text is not in the message.</summary>
    public SampledResponse? Response { get; init; }
}
