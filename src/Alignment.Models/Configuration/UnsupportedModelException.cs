namespace Alignment.Models;

/// <summary>A model needs what this library doesn't have; the message names the setting, what is supported and what was given.</summary>
public sealed class UnsupportedModelException : NotSupportedException
{
    /// <summary>An error without a message of its own.</summary>
    public UnsupportedModelException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">Which setting, what is supported, what was given.</param>
    public UnsupportedModelException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">Which setting, what is supported, what was given.</param>
    /// <param name="innerException">What the reader met.</param>
    public UnsupportedModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
