using System.Runtime.CompilerServices;

namespace Alignment.Data;

/// <summary>What a template may use up. Whatever it asks for, rendering ends within these bounds with a text or an error.</summary>
public sealed record ChatTemplateLimits
{
    /// <summary>The limits for templates of published models.</summary>
    public static ChatTemplateLimits Default { get; } = new();

    /// <summary>The most steps of one rendering: one for each operation, each item made and each 16 characters written.</summary>
    /// <value>The default is 5,000,000, about a second. At least 1.</value>
    public int Steps { get; init => field = AtLeastOne(value); } = 5_000_000;

    /// <summary>How deep a template's text, its evaluation and its values may nest.</summary>
    /// <value>The default is 256. At least 8 and at most 512, for which the stack of any thread is enough.</value>
    public int Depth
    {
        get;
        init => field = value is >= 8 and <= 512
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Depth), value, "Depth must be at least 8 and at most 512.");
    } = 256;

    /// <summary>The longest text that may be made, the rendered one included, in UTF-16 units.</summary>
    /// <value>The default is 16,777,216. At least 1.</value>
    public int TextLength { get; init => field = AtLeastOne(value); } = 1 << 24;

    /// <summary>The most items of a list, a range or a map that a template makes.</summary>
    /// <value>The default is 100,000, as in Jinja's sandbox. At least 1.</value>
    public int Items { get; init => field = AtLeastOne(value); } = 100_000;

    private static int AtLeastOne(int value, [CallerMemberName] string name = "")
        => value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
}
