namespace Alignment.Data;

/// <summary>What a piece is made of while it is merged: some characters of it, and the id they have so far.</summary>
internal struct Symbol
{
    /// <summary>Its token, or less than 0 where it is none.</summary>
    public int Id;

    /// <summary>Where it begins in the piece.</summary>
    public int Start;

    /// <summary>How many characters it has; 0 once it was merged into the one before. A byte of a character has 1 too.</summary>
    public int Length;

    /// <summary>The symbol before, or -1.</summary>
    public int Previous;

    /// <summary>The symbol after, or -1.</summary>
    public int Next;
}
