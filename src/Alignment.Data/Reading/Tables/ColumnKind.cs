namespace Alignment.Data.Reading;

/// <summary>What a column holds, as far as records care.</summary>
[Flags]
internal enum ColumnKind
{
    /// <summary>What no record reads: dates, bytes, lists of numbers, nothing but nulls.</summary>
    Other = 0,

    /// <summary>A string each row.</summary>
    Text = 1,

    /// <summary>A list of messages each row.</summary>
    Messages = 2,

    /// <summary>An integer or a floating-point number each row.</summary>
    Number = 4,

    /// <summary>True or false each row.</summary>
    Boolean = 8,
}
