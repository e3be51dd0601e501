namespace Alignment.Data;

/// <summary>A data set in its parts, each in the order of the whole.</summary>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Validation">Rows to choose settings by.</param>
/// <param name="Test">Rows to measure the result by.</param>
public sealed record SplitRecords<T>(IReadOnlyList<T> Train, IReadOnlyList<T> Validation, IReadOnlyList<T> Test);
