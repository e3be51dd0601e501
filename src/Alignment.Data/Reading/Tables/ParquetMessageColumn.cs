using System.Runtime.InteropServices;
using Parquet.Schema;

namespace Alignment.Data.Reading;

/// <summary>A list of messages each row: <c>list&lt;struct&lt;role, content&gt;&gt;</c>, or ShareGPT's from and value, nullable at any depth.</summary>
internal sealed class ParquetMessageColumn : ParquetColumn
{
    private readonly DataField _role;
    private readonly DataField _content;
    private readonly int _emptyList;   // the definition level of a list that is there and has nothing in it
    private readonly int _maxCharacters;

    private ParquetMessageColumn(Column column, ListField list, DataField role, DataField content, int maxCharacters) : base(column, role, content)
    {
        _role = role;
        _content = content;
        _emptyList = list.IsNullable ? 1 : 0;
        _maxCharacters = maxCharacters;
    }

    /// <summary>A column of messages; null where the list holds something else.</summary>
    public static ParquetMessageColumn? TryMake(ListField list, StructField item, int maxCharacters)
    {
        if ((Text(item, "role") ?? Text(item, "from")) is not { } role || (Text(item, "content") ?? Text(item, "value")) is not { } content) return null;
        if (role.MaxRepetitionLevel != 1 || content.MaxRepetitionLevel != 1) return null;
        var unread = item.Fields.Where(part => part != role && part != content).Select(part => $"{list.Name}.{part.Name}");
        return new ParquetMessageColumn(new Column(list.Name, ColumnKind.Messages) { Unread = [.. unread] }, list, role, content, maxCharacters);
    }

    public override async Task<object?[]> ReadAsync(ParquetRows rows, CancellationToken cancellationToken)
    {
        var roles = await Leaf.ReadAsync(rows, _role, cancellationToken).ConfigureAwait(false);
        var contents = await Leaf.ReadAsync(rows, _content, cancellationToken).ConfigureAwait(false);
        return Assemble(roles, contents, (int)rows.Count);
    }

    // Dremel's levels: repetition 0 begins a row; a definition below that of a list's element means an empty list or none; values are compacted.
    private object?[] Assemble(Leaf roles, Leaf contents, int rowCount)
    {
        var cells = new object?[rowCount];
        var messages = new MessageList(_maxCharacters);
        var row = -1;
        var (nextRole, nextContent) = (0, 0);
        if (!roles.Repetitions.AsSpan().SequenceEqual(contents.Repetitions)) throw new InvalidDataException("roles and contents are lists of different lengths.");
        for (var i = 0; i < roles.Definitions.Length; i++)
        {
            if (roles.Repetitions[i] == 0 && ++row >= rowCount || row < 0) throw new InvalidDataException($"its lists are not those of {rowCount} rows.");
            if (roles.Definitions[i] <= _emptyList)
            {
                if (roles.Definitions[i] == _emptyList) cells[row] = messages.Take();
                continue;
            }
            var role = roles.Definitions[i] == _role.MaxDefinitionLevel ? roles.Values[nextRole++] : default(ReadOnlyMemory<char>?);
            var content = contents.Definitions[i] == _content.MaxDefinitionLevel ? contents.Values[nextContent++] : default(ReadOnlyMemory<char>?);
            if (role is null) messages.AddBad("has no role");
            else messages.Add(role.Value.Span, content is null ? null : String(content.Value));
            if (i + 1 == roles.Repetitions.Length || roles.Repetitions[i + 1] == 0) cells[row] = messages.Take();
        }
        return row == rowCount - 1 ? cells : throw new InvalidDataException($"it has {row + 1} lists for {rowCount} rows.");
    }

    // Texts come as memory over strings of their own or over a shared buffer; the former need no copy.
    private static string String(ReadOnlyMemory<char> text) =>
        MemoryMarshal.TryGetString(text, out var whole, out var start, out var length) && start == 0 && length == whole.Length ? whole : text.ToString();

    private static DataField? Text(StructField item, string name) => item.Fields.OfType<DataField>()
        .FirstOrDefault(part => part.Name == name && !part.IsArray && part.ClrType == typeof(ReadOnlyMemory<char>));

    private sealed record Leaf(ReadOnlyMemory<char>[] Values, int[] Definitions, int[] Repetitions)
    {
        public static async Task<Leaf> ReadAsync(ParquetRows rows, DataField field, CancellationToken cancellationToken)
        {
            var count = checked((int)rows.Metadata(field)!.NumValues);
            var leaf = new Leaf(new ReadOnlyMemory<char>[count], new int[count], new int[count]);
            await rows.Of(field).ReadRawAsync<ReadOnlyMemory<char>>(field, leaf.Values, leaf.Definitions, leaf.Repetitions, cancellationToken).ConfigureAwait(false);
            return leaf;
        }
    }
}
