using Alignment.Models;
using Alignment.Training;

namespace Alignment.Samples;

/// <summary>Teaches copies of the policy to score answers; samples/RewardModel shows this at length.</summary>
internal sealed class RewardStage(DecoderModel policy, PpoSettings settings, Origin origin, CancellationToken stop)
{
    /// <summary>The model that is trained against: the one that the command line names, or one that learns from the pairs.</summary>
    public DecoderRewardModel First(IReadOnlyList<TokenizedPair> pairs, IReadOnlyList<TokenizedPair> heldOut) => settings.RewardModel is { } folder
        ? PretrainedModel.LoadRewardModel(folder, policy.OutputWeight.dtype)
        : Train("reward", epochs: 1, settings.Seed, pairs, heldOut);

    /// <summary>A model that is only measured with. It knows the held-out pairs alone, so that what games the first need not please it.</summary>
    public DecoderRewardModel Second(IReadOnlyList<TokenizedPair> heldOut, IReadOnlyList<TokenizedPair> pairs) =>
        Train("gold", epochs: 3, settings.Seed + 1, heldOut, Interview.Some(pairs, 400));

    private DecoderRewardModel Train(string name, int epochs, int seed, IReadOnlyList<TokenizedPair> pairs, IReadOnlyList<TokenizedPair> others)
    {
        var model = DecoderRewardModel.FromLanguageModel(policy.Copy(), seed);
        if (settings.DryRun) return model;
        var options = new RewardOptions
        {
            Run = settings.Run(name, origin.Tokenizer) with { Epochs = epochs, Seed = seed },
            Optimizer = new OptimizerOptions { LearningRate = model.IsSmall() ? 3e-4 : null, WarmupRatio = 0.1 },
        };
        var result = new RewardTrainer(model, options).Train(pairs, others, Observers.In(Path.Combine(settings.Output, name), settings, []), stop);
        Screen.Line($"The {name} model, from {pairs.Count:N0} pairs, ranks {result.Measured("eval/accuracy"):P1} of {others.Count:N0} others right.");
        return model;
    }
}
