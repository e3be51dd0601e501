namespace Alignment.Data;

/// <summary>Where a row is.</summary>
/// <param name="Row">Its place in the stream, from 0.</param>
/// <param name="HeldOut">Whether it is a row of the held-out stream.</param>
/// <param name="Id">Its own name, or null.</param>
/// <param name="Source">Where it comes from, or null.</param>
/// <param name="Text">The beginning of its texts, only where <see cref="DataReportOptions.IncludeExamples"/> asks for it.</param>
public sealed record RowReference(long Row, bool HeldOut, string? Id, string? Source, string? Text);
