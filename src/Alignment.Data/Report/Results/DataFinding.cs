namespace Alignment.Data;

/// <summary>Something that a reader of the report should know, and what to do about it.</summary>
/// <param name="Code">A stable name such as <c>D201</c>; the table in Report/README.md lists all with threshold and source.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What was found, with numbers.</param>
/// <param name="Remedy">What can be done.</param>
/// <param name="Rows">How many rows are concerned; 0 where it is about the whole.</param>
/// <param name="Examples">The first rows concerned, at most <see cref="DataReportOptions.ExamplesPerFinding"/>.</param>
public sealed record DataFinding(
    string Code, FindingSeverity Severity, string Message, string Remedy, long Rows, IReadOnlyList<RowReference> Examples);
