using System;
using System.Collections.Generic;
using System.Linq;

namespace Parquet.Schema;

/// <summary>
/// Names from the root of the schema to a field, containers such as <c>list</c> included. A name may itself contain a dot or a
/// slash, which is why this is not a string.
/// </summary>
public sealed class FieldPath : IEquatable<FieldPath>, IFormattable
{
    private readonly List<string> _parts;

    public FieldPath(string firstPart) => _parts = [firstPart ?? throw new ArgumentNullException(nameof(firstPart))];

    public FieldPath(IEnumerable<string> parts) => _parts = parts.Where(part => !string.IsNullOrEmpty(part)).ToList();

    public FieldPath(params string[] parts) : this((IEnumerable<string>)parts)
    {
    }

    public string? FirstPart => _parts.Count == 0 ? null : _parts[0];

    public int Length => _parts.Count;

    public string this[int i] => _parts[i];

    public static FieldPath operator +(FieldPath? left, FieldPath? right) =>
        new((left?._parts ?? []).Concat(right?._parts ?? []));

    /// <summary>Adds a name at the end; nothing if it is empty.</summary>
    public void Append(string value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _parts.Add(value);
        }
    }

    public List<string> ToList() => [.. _parts];

    public bool Equals(FieldPath? other) => other is not null && _parts.SequenceEqual(other._parts);

    public override bool Equals(object? obj) => Equals(obj as FieldPath);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var part in _parts)
        {
            hash.Add(part, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => string.Join('/', _parts);

    /// <summary>The names joined by <paramref name="format"/>.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) =>
        format is null ? ToString() : string.Join(format, _parts);
}
