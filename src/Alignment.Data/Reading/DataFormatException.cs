namespace Alignment.Data;

/// <summary>A data file that is not what it should be. The message names file, row group, row and column, as far as each is known.</summary>
public sealed class DataFormatException : FormatException
{
    /// <summary>Without a message.</summary>
    public DataFormatException() { }

    /// <summary>With a message.</summary>
    /// <param name="message">What is wrong, where, and what is allowed.</param>
    public DataFormatException(string message) : base(message) { }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">What is wrong, where, and what is allowed.</param>
    /// <param name="innerException">The cause.</param>
    public DataFormatException(string message, Exception innerException) : base(message, innerException) { }
}
