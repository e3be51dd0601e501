namespace Alignment.Data;

/// <summary>What the rows of a data set are.</summary>
public enum RecordKind
{
    /// <summary><see cref="PreferencePair"/>.</summary>
    Pairs,

    /// <summary><see cref="UnpairedResponse"/>.</summary>
    Unpaired,

    /// <summary><see cref="Demonstration"/>.</summary>
    Demonstrations,

    /// <summary><see cref="PromptOnly"/>.</summary>
    Prompts,
}
