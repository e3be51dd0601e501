namespace Alignment.Data.Reports;

/// <summary>Rows seen before whose prompt is the same, or nearly.</summary>
/// <param name="SameTrainRow">The first row to train on with this prompt, or null.</param>
/// <param name="SameBefore">How many rows of the row's own stream had this prompt before.</param>
/// <param name="NearTrainRow">A row to train on whose prompt is nearly this one, or null; looked for only where none is the same.</param>
/// <param name="NearBefore">Whether the row's own stream had nearly this prompt before.</param>
internal readonly record struct PromptMatch(long? SameTrainRow, int SameBefore, long? NearTrainRow, bool NearBefore)
{
    public static PromptMatch None { get; }
}
