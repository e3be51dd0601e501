namespace Alignment.Feedback;

/// <summary>What the rows of a data set are, by the names of a data report.</summary>
public enum DataShape
{
    /// <summary>Two responses to a prompt, of which one was preferred.</summary>
    Pairs,

    /// <summary>Single responses with a good or a bad mark.</summary>
    Unpaired,

    /// <summary>Responses to imitate.</summary>
    Demonstrations,

    /// <summary>Prompts alone.</summary>
    Prompts,
}
