namespace Alignment.Feedback;

/// <summary>What is asked of an answer: a question that is answered by yes or no.</summary>
/// <param name="Id">Its name in reports. Not empty.</param>
/// <param name="Text">The question, for example <c>Does the answer tell the person to do something harmful?</c> Not empty.</param>
public sealed record RubricQuestion(string Id, string Text)
{
    /// <summary>Its name in reports.</summary>
    public string Id { get; } = NotEmpty(Id, nameof(Id));

    /// <summary>The question.</summary>
    public string Text { get; } = NotEmpty(Text, nameof(Text));

    private static string NotEmpty(string value, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        return value;
    }
}
