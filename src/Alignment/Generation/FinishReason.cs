namespace Alignment.Generation;

/// <summary>Why a response ended.</summary>
public enum FinishReason
{
    /// <summary>A stop token came.</summary>
    StopToken,

    /// <summary>A stop text came.</summary>
    StopText,

    /// <summary>There is no room for another token.</summary>
    Length,
}
