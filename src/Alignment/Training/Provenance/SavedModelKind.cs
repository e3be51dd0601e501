namespace Alignment.Training;

/// <summary>What a saved folder holds, which decides how it is loaded.</summary>
internal enum SavedModelKind
{
    LanguageModel,
    RewardModel,
    Adapter,
}
