namespace Alignment.Data.Reading;

/// <summary>A row that can't become a record. It never leaves the readers: it becomes a <see cref="DataFormatException"/> or a count.</summary>
internal sealed class RowException : Exception
{
    public RowException(RowProblem problem, string what) : base(what) => Problem = problem;

    public RowException(RowProblem problem, BoundColumn column, string what) : this(problem, $"column '{column.Name}' {what}") { }

    public RowProblem Problem { get; }
}
