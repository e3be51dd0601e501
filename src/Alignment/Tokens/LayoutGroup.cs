namespace Alignment;

/// <summary>A prompt and the one or two responses that go on from it.</summary>
/// <param name="Prompt">Ids that the responses share.</param>
/// <param name="First">Ids of the first response.</param>
/// <param name="Second">Ids of the second response, or null.</param>
/// <param name="Mask">Which tokens of the first response are predicted; null for all.</param>
internal readonly record struct LayoutGroup(
    IReadOnlyList<int> Prompt, IReadOnlyList<int> First, IReadOnlyList<int>? Second = null, IReadOnlyList<bool>? Mask = null)
{
    public int TokenCount => Prompt.Count + First.Count + (Second?.Count ?? 0);

    public int SequenceCount => Second is null ? 1 : 2;

    public int LongestSequence => Prompt.Count + Math.Max(First.Count, Second?.Count ?? 0);

    public int TargetCount => (Mask?.Count(counts => counts) ?? First.Count) + (Second?.Count ?? 0);
}
