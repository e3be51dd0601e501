namespace Alignment.Data.Reading;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record Column(string Name, ColumnKind Kind)
{
    /// <summary>What it holds, in words, for messages.</summary>
    public string Holds { get => field ?? Words(Kind); init; }

    /// <summary>Parts of its messages that are not read, such as <c>messages.name</c>.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Columns are the same where records would read the same of them.</summary>
    public bool Equals(Column? other) => other is not null && Name == other.Name && Kind == other.Kind;

    public override int GetHashCode() => HashCode.Combine(Name, Kind);

    public static string Words(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "text",
        ColumnKind.Messages => "messages",
        ColumnKind.Number => "numbers",
        ColumnKind.Boolean => "booleans",
        _ => "something else",
    };
}
