namespace Alignment.Data;

/// <summary>When a mixture ends.</summary>
public enum MixStop
{
    /// <summary>When the source whose turn it is has no row left: the shares hold to the end, and rows of the others are left over.</summary>
    FirstExhausted,

    /// <summary>When all sources are: every row comes once, and the shares hold until the first source ends.</summary>
    AllExhausted,

    /// <summary>When every source has come to its end once; until then those that end begin anew, so that the shares hold to the end.</summary>
    AllExhaustedWithRepeats,
}
