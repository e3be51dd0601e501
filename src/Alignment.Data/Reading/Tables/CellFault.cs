namespace Alignment.Data.Reading;

/// <summary>Stands in a table where a value can't be given; a row that reads it is a bad row.</summary>
/// <param name="Problem">The cause.</param>
/// <param name="What">What is wrong, in words that follow the column's name, or the row's where the whole row is meant.</param>
internal sealed record CellFault(RowProblem Problem, string What);
