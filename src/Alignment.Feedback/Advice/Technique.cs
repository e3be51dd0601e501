namespace Alignment.Feedback;

/// <summary>Ways to align a model.</summary>
public enum Technique
{
    /// <summary>Direct Preference Optimization, on pairs.</summary>
    Dpo,

    /// <summary>Kahneman-Tversky Optimization, on single responses.</summary>
    Kto,

    /// <summary>A reward model and Proximal Policy Optimization: RLHF.</summary>
    Ppo,

    /// <summary>Critique and revision by principles, then labels by principles: Constitutional AI and RLAIF.</summary>
    ConstitutionalAi,
}
