namespace Alignment.Feedback;

/// <summary>What a model shall learn.</summary>
public enum TrainingGoal
{
    /// <summary>What people preferred, as the data shows it.</summary>
    Preferences,

    /// <summary>Rules that can be written down: safety, tone, house style.</summary>
    Rules,
}
