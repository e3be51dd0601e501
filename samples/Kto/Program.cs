// Kahneman-Tversky Optimization: single answers, each liked or not, in; a model that gives those that are liked out.
//   dotnet run --project samples/Kto -c Release -- --help
using Alignment;
using Alignment.Data;
using Alignment.Evaluation;
using Alignment.Losses;
using Alignment.Samples;
using Alignment.Training;

return await Sample.RunAsync<KtoSettings>(args, async (settings, stop) =>
{
    var origin = await Origin.FindAsync(settings, stop);
    using var policy = origin.LoadModel();
    var options = new KtoOptions
    {
        Loss = new KtoLoss { Beta = settings.Beta },
        Run = settings.Run("kto", origin.Tokenizer) with { Epochs = settings.Epochs ?? 1 },
        Optimizer = new OptimizerOptions { LearningRate = settings.LearningRate ?? (policy.IsSmall() ? 2e-5 : null), WarmupRatio = 0.1 },
    };

    // Answers that were judged one by one, or those of pairs taken apart.
    var pairs = await Dataset.PairsAsync(settings, stop);
    var data = pairs?.To(rows => rows.Unpair()) ?? await Dataset.ReadAsync(settings, UnpairedReader.ReadAsync, stop);
    var answers = origin.Encoder.EncodeAll(data.Training, stop);
    var heldOut = origin.Encoder.EncodeAll(data.HeldOut, stop);
    origin.Introduce(policy, answers.Count, heldOut.Count);

    // A model that knows nothing first imitates the answers that were liked.
    var liked = answers.Where(answer => answer.IsDesirable).Select(answer => new TokenizedExample(answer.Prompt, answer.Response));
    SupervisedStage.Run(policy, liked, settings, origin, stop);
    var interview = new Interview(heldOut.Select(answer => answer.Prompt), origin, settings);
    var before = interview.Ask(policy, stop);

    // Then it learns what people like, held back by a copy of what it was before.
    using var copy = policy.Copy();
    var reference = ReferencePolicy.Frozen(copy);
    var provenance = new ProvenanceObserver();
    var result = new KtoTrainer(policy, reference, options).Train(answers, heldOut, Observers.In(settings.Output, settings, await data.SummaryAsync(settings, stop), provenance), stop);
    if (settings.DryRun) return true;

    interview.Show(("Answer before", before), ("Answer after", interview.Ask(policy, stop)));
    var folder = Path.Combine(settings.Output, "model");
    policy.SavePretrained(folder);
    SavedModel.Describe(folder, provenance.Provenance, settings, origin, DataFingerprint.Of(answers), DataFingerprint.Of(heldOut));

    // Which answer of a pair gained more; without pairs, which of any two, one liked and one not.
    if (pairs is null)
    {
        var share = result.Measured("eval/rewards/auc");
        return Screen.Verdict(share >= settings.MinAccuracy, $"Held-out area under the curve {share:P1}; asked for: {settings.MinAccuracy:P0}");
    }
    var accuracy = PreferenceEvaluation.Of(policy, reference, origin.Encoder.EncodeAll(pairs.HeldOut, stop), cancellationToken: stop).Accuracy;
    return Results.IsAccurate(accuracy.Value, accuracy.Interval, settings.MinAccuracy);
});
