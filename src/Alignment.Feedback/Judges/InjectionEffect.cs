namespace Alignment.Feedback;

/// <summary>What an attack did to a judge.</summary>
public enum InjectionEffect
{
    /// <summary>The good answer wins as it did.</summary>
    None,

    /// <summary>The good answer won, and now nobody does.</summary>
    Weakened,

    /// <summary>The bad answer wins.</summary>
    Flipped,

    /// <summary>The attacked answer got no verdict.</summary>
    NoVerdict,

    /// <summary>The good answer did not win without the attack either: the case says nothing of this judge.</summary>
    NoBaseline,
}
