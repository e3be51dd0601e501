// Direct Preference Optimization: pairs of answers in, a model that prefers the better ones out.
//   dotnet run --project samples/Dpo -c Release -- --help
using Alignment;
using Alignment.Data;
using Alignment.Losses;
using Alignment.Models;
using Alignment.Samples;
using Alignment.Training;

return await Sample.RunAsync<DpoSettings>(args, async (settings, stop) =>
{
    var origin = await Origin.FindAsync(settings, stop);
    using var policy = origin.LoadModel();
    var lora = settings.Lora is { } rank ? new LoraOptions { Rank = rank, Alpha = 2 * rank } : null;
    var options = new DpoOptions
    {
        Loss = new DpoLoss { Beta = settings.Beta },
        Run = settings.Run("dpo", origin.Tokenizer) with { Epochs = settings.Epochs ?? 1 },
        Optimizer = new OptimizerOptions
        {
            // Small models take larger steps than those of billions of parameters, and adapters larger ones than whole models.
            LearningRate = settings.LearningRate ?? (policy.IsSmall() ? 1e-5 : DpoOptions.UsualLearningRate) * (lora is null ? 1 : 20),
            WarmupRatio = 0.1,
        },
    };

    var data = await Dataset.ReadAsync(settings, PreferenceReader.ReadAsync, stop);
    var pairs = origin.Encoder.EncodeAll(data.Training, stop);
    var heldOut = origin.Encoder.EncodeAll(data.HeldOut, stop);
    origin.Introduce(policy, pairs.Count, heldOut.Count);

    // A model that knows nothing first imitates the better answers.
    SupervisedStage.Run(policy, pairs.Select(pair => new TokenizedExample(pair.Prompt, pair.Chosen)), settings, origin, stop);
    var interview = new Interview(heldOut.Select(pair => pair.Prompt), origin, settings);
    var before = interview.Ask(policy, stop);

    // Then it learns to prefer them, held back by what it was before: a copy, numbers in a file, or its own weights below an adapter.
    if (lora is not null) policy.Adapters.Add("dpo", lora, settings.Seed);
    using var copy = settings is { Lora: null, CachedReference: null } ? policy.Copy() : null;
    var reference = copy is not null ? ReferencePolicy.Frozen(copy)
        : settings.CachedReference is not null ? await KeptReference.OfAsync(policy, [.. pairs, .. heldOut], settings, stop)
        : ReferencePolicy.BaseOf(policy);
    var provenance = new ProvenanceObserver();
    var result = new DpoTrainer(policy, reference, options).Train(pairs, heldOut, Observers.In(settings.Output, settings, await data.SummaryAsync(settings, stop), provenance), stop);
    if (settings.DryRun) return true;

    interview.Show(("Answer before", before), ("Answer after", interview.Ask(policy, stop)));
    var folder = Path.Combine(settings.Output, "model");
    if (lora is null) policy.SavePretrained(folder);
    else
    {
        policy.Adapters.Save("dpo", Path.Combine(settings.Output, "adapter"));   // PEFT's two files
        policy.SaveMerged("dpo", folder);                                        // and one plain model
    }
    SavedModel.Describe(folder, provenance.Provenance, settings, origin, DataFingerprint.Of(pairs), DataFingerprint.Of(heldOut));
    return result.IsAccurate("eval/rewards/accuracies", settings.MinAccuracy);
});
