namespace Alignment.Data;

/// <summary>What two records must have in common for the second to be a duplicate.</summary>
public enum DuplicateKey
{
    /// <summary>Everything they say, letter for letter: prompt, responses, label or rating; not weight, margin, id or source.</summary>
    Record,

    /// <summary>The prompt, but for white space and Unicode's composition.</summary>
    Prompt,

    /// <summary>Eight tenths of the runs of five words that prompt and responses hold together.</summary>
    SimilarRecord,

    /// <summary>Eight tenths of the runs of five words that the prompts hold.</summary>
    SimilarPrompt,
}
