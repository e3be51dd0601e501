namespace Alignment.Models;

/// <summary>A config.json is malformed or out of range; the message names the file, the key, what is allowed and what was given.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>An error without a message of its own.</summary>
    public ModelFormatException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">Which file and key, what is allowed, what was given.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">Which file and key, what is allowed, what was given.</param>
    /// <param name="innerException">What the reader met.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
