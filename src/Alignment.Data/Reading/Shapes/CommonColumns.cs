namespace Alignment.Data.Reading;

/// <summary>The optional columns of records: weight, id and source.</summary>
internal sealed class CommonColumns
{
    private readonly BoundColumn? _weight;
    private readonly BoundColumn? _id;
    private readonly BoundColumn? _source;
    private readonly string? _fixedSource;

    public CommonColumns(ColumnBinder columns, bool hasWeight)
    {
        _weight = hasWeight ? columns.Find(ColumnNames.Weight, ColumnKind.Number) : null;
        _id = columns.FindFirst(ColumnNames.Id, ColumnKind.Text | ColumnKind.Number);
        _fixedSource = columns.Options.Source;
        _source = _fixedSource is null ? columns.FindFirst(ColumnNames.Source, ColumnKind.Text) : null;
    }

    public double? Weight(Row row) => _weight is null ? null : row.OptionalWeight(_weight);

    public string? Id(Row row) => _id is null ? null : row.Name(_id);

    public string? Source(Row row) => _source is null ? _fixedSource : row.OptionalText(_source);
}
