using Alignment.Losses;
using Alignment.Models;
using Alignment.Training;

namespace Alignment.Samples;

/// <summary>DPO from one fine-tuned model; samples/Dpo shows this at length. What that model thinks of the pairs is computed once for every beta.</summary>
internal sealed class PreferenceStage(
    DecoderModel start, IReadOnlyList<TokenizedPair> pairs, IReadOnlyList<TokenizedPair> heldOut, Origin origin, CodingAssistantSettings settings)
{
    private ReferencePolicy? _reference;

    public RunResult Run(
        DecoderModel policy, double beta, string folder, IReadOnlyList<KeyValuePair<string, string>> summary, CancellationToken stop, params IObserver<RunEvent>[] observers)
    {
        _reference ??= settings.DryRun
            ? ReferencePolicy.Frozen(start)
            : ReferencePolicy.Cached(ReferenceLogProbs.Compute(start, [.. pairs, .. heldOut], cancellationToken: stop));
        var options = new DpoOptions
        {
            Loss = new DpoLoss { Beta = beta },
            Run = settings.Run(FormattableString.Invariant($"dpo-{beta}"), origin.Tokenizer) with { Epochs = settings.Epochs ?? 1 },
            Optimizer = new OptimizerOptions
            {
                LearningRate = settings.LearningRate ?? (policy.IsSmall() ? 3e-5 : DpoOptions.UsualLearningRate),
                WarmupRatio = 0.1,
            },
        };
        return new DpoTrainer(policy, _reference, options).Train(pairs, heldOut, Observers.In(folder, settings, summary, observers), stop);
    }
}
