namespace Alignment.Training;

/// <summary>What a method makes of a step after it: signs to warn of, and whether the run is to end for them.</summary>
/// <param name="Signs">Each with a name and what was seen.</param>
/// <param name="Ends">Whether the run ends as over-optimized.</param>
internal readonly record struct StepSigns(IReadOnlyList<(string Code, string Message)> Signs, bool Ends = false)
{
    public static StepSigns None { get; } = new([]);
}
