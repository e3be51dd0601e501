namespace Alignment.Data.Reading;

/// <summary>Where a pair's margin stands: in a column of margins, or between two scores where the options ask for that.</summary>
internal sealed class MarginColumns
{
    private readonly BoundColumn? _margin;
    private readonly (BoundColumn Chosen, BoundColumn Rejected)? _scores;

    public MarginColumns(ColumnBinder columns)
    {
        if (!columns.Options.MarginFromScores) _margin = columns.Find(ColumnNames.Margin, ColumnKind.Number);
        else if (columns.Find(ColumnNames.ChosenScore, ColumnKind.Number) is { } chosen && columns.Find(ColumnNames.RejectedScore, ColumnKind.Number) is { } rejected)
            _scores = (chosen, rejected);
        else throw columns.Lacks($"MarginFromScores needs two columns of scores, such as {ColumnNames.Of(ColumnNames.ChosenScore)[0]} and {ColumnNames.Of(ColumnNames.RejectedScore)[0]}");
    }

    public double? Read(Row row) => _scores is { } scores ? row.Number(scores.Chosen) - row.Number(scores.Rejected) : _margin is null ? null : row.OptionalNumber(_margin);
}
