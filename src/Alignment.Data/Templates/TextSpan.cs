namespace Alignment.Data;

/// <summary>A part of a text, in UTF-16 units, as <see cref="string"/> counts.</summary>
/// <param name="Start">The first unit.</param>
/// <param name="End">The unit after the last.</param>
public readonly record struct TextSpan(int Start, int End)
{
    /// <summary>How many UTF-16 units it covers.</summary>
    public int Length => End - Start;

    /// <summary>The part of <paramref name="text"/> that it covers.</summary>
    /// <param name="text">The text that the span belongs to.</param>
    /// <returns>The part.</returns>
    public string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text[Start..End];
    }

    /// <summary>The same part in Unicode code points, as Python counts.</summary>
    /// <param name="text">The text that the span belongs to.</param>
    /// <returns>The number of code points before the start, and before the end.</returns>
    public (int Start, int End) InCodePoints(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = Templates.CodePoints.Count(text.AsSpan(0, Start));
        return (start, start + Templates.CodePoints.Count(text.AsSpan(Start, Length)));
    }
}
