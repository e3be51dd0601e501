namespace Alignment.Data.Reading;

/// <summary>Finds the columns of one file for one shape, and remembers which were taken.</summary>
internal sealed class ColumnBinder(Table table, ReadOptions options)
{
    private readonly List<Column> _columns = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public ReadOptions Options => options;

    /// <summary>The columns taken, in the order of their <see cref="BoundColumn.Index"/>.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Our names of the columns taken, with the file's.</summary>
    public IReadOnlyDictionary<string, string> Names => _names;

    /// <summary>The column under one of its usual names, or under the one that the options give; null where there is none of these kinds.</summary>
    /// <exception cref="DataFormatException">Two columns could be meant.</exception>
    public BoundColumn? Find(string name, ColumnKind kinds)
    {
        var found = Candidates(name, kinds);
        return found.Count < 2 ? Take(name, found.FirstOrDefault()) : throw new DataFormatException(
            $"'{table.Path}' has {found.Count} columns that may be the {name}: {string.Join(", ", found.Select(column => $"'{column.Name}'"))}. "
            + $"Say which by ReadOptions.Columns[\"{name}\"].");
    }

    /// <summary>As <see cref="Find"/>, for columns that change no training: of several, the one with the more usual name.</summary>
    public BoundColumn? FindFirst(string name, ColumnKind kinds) => Take(name, Candidates(name, kinds).FirstOrDefault());

    /// <summary>The error for a file without what is needed.</summary>
    public DataFormatException Lacks(string need) => new($"'{table.Path}': {need}; {Describe(table)}.");

    /// <summary>What a file has, in words.</summary>
    public static string Describe(Table table) => table.Columns.Count == 0 ? "it has no columns"
        : $"it has {string.Join(", ", table.Columns.Select(column => $"'{column.Name}' ({column.Holds})"))}";

    /// <summary>Sees that every column that the options name is there.</summary>
    public static void CheckOptions(Table table, ReadOptions options)
    {
        foreach (var (name, column) in options.Columns)
        {
            if (table.Columns.All(existing => existing.Name != column))
                throw new DataFormatException($"'{table.Path}' must have the column '{column}' that ReadOptions.Columns names as {name}; {Describe(table)}.");
        }
    }

    private List<Column> Candidates(string name, ColumnKind kinds)
    {
        IEnumerable<string> names = options.Columns.TryGetValue(name, out var renamed) ? [renamed] : ColumnNames.Of(name);
        return [.. names.Select(candidate => table.Columns.FirstOrDefault(column => column.Name == candidate)).OfType<Column>().Where(column => (column.Kind & kinds) != 0)];
    }

    private BoundColumn? Take(string name, Column? column)
    {
        if (column is null) return null;
        var index = _columns.IndexOf(column);
        if (index < 0)
        {
            index = _columns.Count;
            _columns.Add(column);
        }
        _names[name] = column.Name;
        return new BoundColumn(column.Name, column.Kind, index);
    }
}
