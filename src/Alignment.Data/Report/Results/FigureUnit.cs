namespace Alignment.Data;

/// <summary>What a number of the report counts or measures.</summary>
public enum FigureUnit
{
    /// <summary>Rows, prompts or responses.</summary>
    Count,

    /// <summary>A share between 0 and 1.</summary>
    Share,

    /// <summary>Characters, as UTF-16 counts them.</summary>
    Characters,

    /// <summary>Tokens.</summary>
    Tokens,

    /// <summary>A number without a unit.</summary>
    Number,
}
