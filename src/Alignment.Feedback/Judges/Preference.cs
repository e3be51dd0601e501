namespace Alignment.Feedback;

/// <summary>Which of two answers is better.</summary>
public enum Preference
{
    /// <summary>Neither, or nobody knows.</summary>
    Tie,

    /// <summary>The first.</summary>
    First,

    /// <summary>The second.</summary>
    Second,
}
