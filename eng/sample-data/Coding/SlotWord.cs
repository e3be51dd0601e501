namespace SampleData;

/// <summary>A word that a prompt tells and the code names.</summary>
/// <param name="English">In an English prompt.</param>
/// <param name="Korean">In a Korean prompt.</param>
/// <param name="Code">As part of a C# name, such as <c>Customer</c>.</param>
internal sealed record SlotWord(string English, string Korean, string Code)
{
    /// <summary>As a C# name of a parameter.</summary>
    public string Parameter => char.ToLowerInvariant(Code[0]) + Code[1..];

    public static SlotWord Parse(string line) =>
        line.Split(" | ") is [var english, var korean, var code] ? new(english, korean, code)
            : throw new FormatException($"A word must read \"English | Korean | Code\". Actual line was \"{line}\".");
}
