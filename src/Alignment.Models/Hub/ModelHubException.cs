namespace Alignment.Models;

/// <summary>A model can't be had from the hub or its cache; the message names the repository or address, what is wrong and what helps.</summary>
/// <remarks>It never holds a token, nor the query of an address, where download links keep their signatures.</remarks>
public sealed class ModelHubException : IOException
{
    /// <summary>An error without a message of its own.</summary>
    public ModelHubException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">Which repository or address, what is wrong and what helps.</param>
    public ModelHubException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">Which repository or address, what is wrong and what helps.</param>
    /// <param name="innerException">What the transfer met.</param>
    public ModelHubException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
