namespace Alignment.Training;

/// <summary>Some responses that a policy gave in a step, with what they were worth.</summary>
internal sealed record SampledResponses(int Step, IReadOnlyList<ScoredSample> Rows);
