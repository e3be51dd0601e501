namespace Alignment.Data;

/// <summary>What a row of a data set is for.</summary>
public enum SplitPart
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose settings and the best checkpoint by.</summary>
    Validation,

    /// <summary>To measure the result by, once.</summary>
    Test,
}
