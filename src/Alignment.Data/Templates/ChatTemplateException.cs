namespace Alignment.Data;

/// <summary>A chat template that cannot be read or rendered. The message names the template, the line and the column.</summary>
public sealed class ChatTemplateException : Exception
{
    /// <summary>An error without a message of its own.</summary>
    public ChatTemplateException()
    {
    }

    /// <summary>An error with a message.</summary>
    /// <param name="message">What is wrong and what is allowed.</param>
    public ChatTemplateException(string message)
        : base(message) => Reason = message;

    /// <summary>An error with a message and its cause.</summary>
    /// <param name="message">What is wrong and what is allowed.</param>
    /// <param name="innerException">The cause.</param>
    public ChatTemplateException(string message, Exception innerException)
        : base(message, innerException) => Reason = message;

    internal ChatTemplateException(string templateName, int line, int column, string reason, bool isRaisedByTemplate = false)
        : base(FormattableString.Invariant($"{templateName}, line {line}, column {column}: {reason}"))
    {
        TemplateName = templateName;
        Line = line;
        Column = column;
        Reason = reason;
        IsRaisedByTemplate = isRaisedByTemplate;
    }

    /// <summary>The template's name; null where no place in a template is known.</summary>
    public string? TemplateName { get; }

    /// <summary>The line, from 1; 0 where no place is known.</summary>
    public int Line { get; }

    /// <summary>The column, from 1, in UTF-16 units; 0 where no place is known.</summary>
    public int Column { get; }

    /// <summary>What is wrong, without the place. Where the template itself refused, exactly what it gave to <c>raise_exception</c>.</summary>
    public string Reason { get; } = "";

    /// <summary>Whether the template itself refused the conversation with <c>raise_exception</c>.</summary>
    public bool IsRaisedByTemplate { get; }
}
