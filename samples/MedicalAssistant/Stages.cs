using Alignment.Losses;
using Alignment.Models;
using Alignment.Training;

namespace Alignment.Samples;

/// <summary>What a policy goes through: it imitates answers, prefers some to others, and answers itself.</summary>
internal sealed class Stages(DecoderModel policy, Origin origin, MedicalSettings settings, CancellationToken stop)
{
    /// <summary>Supervised fine-tuning; samples/Sft shows this at length.</summary>
    /// <param name="part">Names the folder of its report and checkpoints.</param>
    /// <param name="rows">What is imitated.</param>
    /// <param name="epochs">Passes over the rows.</param>
    /// <param name="learningRate">That of a small model; others take the usual one.</param>
    public void Imitate(string part, IReadOnlyList<Demonstration> rows, int epochs, double learningRate)
    {
        var options = new SftOptions
        {
            Run = settings.Run(part, origin.Tokenizer) with { Epochs = epochs },
            Optimizer = new OptimizerOptions { LearningRate = policy.IsSmall() ? learningRate : null, WarmupRatio = 0.05 },
        };
        new SftTrainer(policy, options).Train(origin.Encoder.EncodeAll(rows, stop), null, Observers.In(Path.Combine(settings.Output, part), settings, []), stop);
    }

    /// <summary>DPO against what the policy is now, with some imitation of the better answers beside; samples/Dpo shows this at length. Saves the model.</summary>
    /// <param name="pairs">What is learnt.</param>
    /// <param name="heldOut">What is measured with.</param>
    /// <param name="data">What the page of the run says of the data.</param>
    public void Prefer(IReadOnlyList<PreferencePair> pairs, IReadOnlyList<TokenizedPair> heldOut, IReadOnlyList<KeyValuePair<string, string>> data)
    {
        using var reference = policy.Copy();
        var options = new DpoOptions
        {
            Loss = new RpoLoss { Beta = settings.Beta, NllWeight = settings.NllWeight },
            Run = settings.Run("dpo", origin.Tokenizer) with { Epochs = settings.Epochs ?? 1 },
            Optimizer = new OptimizerOptions { LearningRate = settings.LearningRate ?? (policy.IsSmall() ? 3e-4 : null), WarmupRatio = 0.1 },
        };
        var provenance = new ProvenanceObserver();
        var rows = origin.Encoder.EncodeAll(pairs, stop);
        new DpoTrainer(policy, ReferencePolicy.Frozen(reference), options).Train(rows, heldOut, Observers.In(settings.Output, settings, data, provenance), stop);
        if (settings.DryRun) return;
        var folder = Path.Combine(settings.Output, "model");
        policy.SavePretrained(folder);
        SavedModel.Describe(folder, provenance.Provenance, settings, origin, DataFingerprint.Of(rows), DataFingerprint.Of(heldOut));
    }

    /// <summary>Answers, sampled: the same for the same model and seed, so that a run which is begun again asks for no feedback twice.</summary>
    public IReadOnlyList<Transcript> Answer(IEnumerable<Transcript> prompts, int sample = 0) =>
        PolicyAnswers.Sample(policy, prompts, origin, settings, sample, stop);
}
