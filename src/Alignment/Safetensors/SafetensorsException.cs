namespace Alignment;

/// <summary>A safetensors file or index is malformed or unsafe; the message names file and tensor, the rule and what was given.</summary>
public sealed class SafetensorsException : FormatException
{
    /// <summary>An error without a message of its own.</summary>
    public SafetensorsException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">Which file and tensor, what is allowed, what was given.</param>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">Which file and tensor, what is allowed, what was given.</param>
    /// <param name="innerException">What the reader met.</param>
    public SafetensorsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal static SafetensorsException Of(string file, string tensor, string problem) =>
        new($"{file}: tensor {Quoted(tensor)}: {problem}");

    /// <summary>A name from a stranger's file, short enough for a message and without line breaks.</summary>
    internal static string Quoted(string text)
    {
        var start = text.Length <= 100 ? text : text[..100] + "...";
        return "'" + string.Concat(start.Select(letter => char.IsControl(letter) ? '?' : letter)) + "'";
    }
}
