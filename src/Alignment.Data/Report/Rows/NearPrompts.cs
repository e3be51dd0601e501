namespace Alignment.Data.Reports;

/// <summary>Where likeness of prompts comes from.</summary>
internal static class NearPrompts
{
    /// <summary>A function that takes the prompts one after another and gives the number of an earlier one that is much the same, or null.</summary>
    public static Func<string, int?>? Create() => null;
}
