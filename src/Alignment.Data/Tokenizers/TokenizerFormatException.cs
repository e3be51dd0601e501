namespace Alignment.Data;

/// <summary>A tokenizer's file holds something that is wrong or not supported; the message names the file, the key and the value.</summary>
public sealed class TokenizerFormatException : FormatException
{
    /// <summary>An error without a message of its own.</summary>
    public TokenizerFormatException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">Which file and key, what is allowed, what was given.</param>
    public TokenizerFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">Which file and key, what is allowed, what was given.</param>
    /// <param name="innerException">What the reader met.</param>
    public TokenizerFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
