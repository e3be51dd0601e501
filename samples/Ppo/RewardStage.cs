using Alignment.Models;
using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Teaches a copy of the policy to score answers; samples/RewardModel shows this at length.</summary>
internal static class RewardStage
{
    public static DecoderRewardModel Run(
        DecoderModel policy, IReadOnlyList<TokenizedPair> pairs, IReadOnlyList<TokenizedPair> heldOut, PpoSettings settings, Origin origin, CancellationToken stop)
    {
        if (settings.RewardModel is { } folder) return PretrainedModel.LoadRewardModel(folder, policy.OutputWeight.dtype);
        var model = DecoderRewardModel.FromLanguageModel(policy.Copy(), settings.Seed);
        if (settings.DryRun) return model;
        var options = new RewardOptions
        {
            Run = settings.Run("reward", origin.Tokenizer) with { Epochs = 1 },
            Optimizer = new OptimizerOptions { LearningRate = model.IsSmall() ? 3e-4 : null, WarmupRatio = 0.1 },
        };
        var result = new RewardTrainer(model, options).Train(pairs, heldOut, Observers.In(Path.Combine(settings.Output, "reward"), settings, []), stop);
        Screen.Line($"The reward model ranks {result.Measured("eval/accuracy"):P1} of the held-out pairs right.");
        return model;
    }
}
