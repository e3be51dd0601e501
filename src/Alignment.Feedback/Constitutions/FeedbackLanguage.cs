namespace Alignment.Feedback;

/// <summary>The language of a constitution, in which models are asked and answer.</summary>
public enum FeedbackLanguage
{
    /// <summary>English, <c>en</c>.</summary>
    English,

    /// <summary>Korean, <c>ko</c>.</summary>
    Korean,
}
