namespace Alignment.Data.Reading;

/// <summary>The two columns of a pair, of one kind.</summary>
internal sealed record PairColumns(BoundColumn Chosen, BoundColumn Rejected)
{
    public ColumnKind Kind => Chosen.Kind;

    public static PairColumns? Bind(ColumnBinder columns, ColumnKind kinds) =>
        columns.Find(ColumnNames.Chosen, kinds) is { } chosen && columns.Find(ColumnNames.Rejected, kinds) is { } rejected && chosen.Kind == rejected.Kind
            ? new PairColumns(chosen, rejected)
            : null;
}
