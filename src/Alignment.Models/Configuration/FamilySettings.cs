namespace Alignment.Models;

/// <summary>Settings that only some families know.</summary>
[Flags]
internal enum FamilySettings
{
    None = 0,

    /// <summary><see cref="AttentionConfig.Bias"/>.</summary>
    AttentionBias = 1,

    /// <summary><see cref="DecoderConfig.MlpBias"/>.</summary>
    MlpBias = 2,

    /// <summary><see cref="AttentionConfig.QueryScale"/>.</summary>
    QueryScale = 4,

    /// <summary><see cref="AttentionConfig.SoftCap"/> and <see cref="DecoderConfig.LogitSoftCap"/>.</summary>
    SoftCaps = 8,

    /// <summary><see cref="RopeConfig.Fraction"/>.</summary>
    PartialRope = 16,

    /// <summary><see cref="DecoderConfig.LocalRope"/>.</summary>
    LocalRope = 32,
}
