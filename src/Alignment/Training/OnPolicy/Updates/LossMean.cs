namespace Alignment.Training;

/// <summary>What the loss of a part is the mean of.</summary>
public enum LossMean
{
    /// <summary>All its tokens: a long response counts as much as it has tokens.</summary>
    Tokens,

    /// <summary>Its responses, each of which is the mean of its tokens.</summary>
    Responses,
}
