namespace Alignment.Models;

/// <summary>What a new parameter starts as.</summary>
internal enum InitialValue
{
    /// <summary>Drawn from N(0, initializer range).</summary>
    Normal,

    Zero,

    One,
}
