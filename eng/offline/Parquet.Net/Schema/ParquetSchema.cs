using System;
using System.Collections.Generic;
using System.Linq;

namespace Parquet.Schema;

/// <summary>The fields of a table.</summary>
public class ParquetSchema : IEquatable<ParquetSchema>
{
    public const string PathSeparator = ".";

    public const char PathSeparatorChar = '.';

    private readonly Field[] _fields;

    public ParquetSchema(IEnumerable<Field> fields) : this(fields.ToArray())
    {
    }

    public ParquetSchema(params Field[] fields)
    {
        if (fields.Length == 0)
        {
            throw new ArgumentException("A schema needs at least one field.", nameof(fields));
        }

        _fields = fields;
        foreach (var field in fields)
        {
            field.PropagateLevels(0, 0);
        }
    }

    public IReadOnlyList<Field> Fields => _fields;

    public Field this[int i] => _fields[i];

    /// <summary>The columns, at whatever depth, in file order.</summary>
    public DataField[] DataFields => GetDataFields();

    /// <inheritdoc cref="DataFields"/>
    public DataField[] GetDataFields() => Flatten().OfType<DataField>().ToArray();

    /// <summary>Every field, parents before children.</summary>
    public IReadOnlyCollection<Field> Flatten()
    {
        var all = new List<Field>();
        Add(_fields);
        return all;

        void Add(Field[] fields)
        {
            foreach (var field in fields)
            {
                all.Add(field);
                Add(field.Children);
            }
        }
    }

    /// <exception cref="ArgumentException">There is no such column.</exception>
    public DataField FindDataField(FieldPath path) =>
        DataFields.FirstOrDefault(field => field.Path.Equals(path))
        ?? throw new ArgumentException($"There is no column {path}.", nameof(path));

    /// <summary>Finds a column at the root: the text is one name, not a path.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public DataField FindDataField(string path) => FindDataField(new FieldPath(path));

    public bool Equals(ParquetSchema? other) => other is not null && DataFields.SequenceEqual(other.DataFields);

    public override bool Equals(object? obj) => obj is ParquetSchema other && other.GetType() == GetType() && Equals(other);

    public override int GetHashCode() => DataFields.Aggregate(1, HashCode.Combine);

    /// <summary>Says in which columns two schemas differ.</summary>
    public string GetNotEqualsMessage(ParquetSchema other, string thisName, string otherName)
    {
        var (mine, theirs) = (DataFields, other.DataFields);
        if (mine.Length != theirs.Length)
        {
            return $"different number of columns ({mine.Length} and {theirs.Length})";
        }

        var differences = mine.Zip(theirs)
            .Where(pair => !pair.First.Equals(pair.Second))
            .Select(pair => $"[{thisName}: {pair.First}] != [{otherName}: {pair.Second}]");
        return string.Join(", ", differences);
    }

    public override string ToString() => string.Join(Environment.NewLine, _fields.Select(field => field.ToString()));
}
