// Supervised fine-tuning: demonstrations in, a model that answers like them out.
//   dotnet run --project samples/Sft -c Release -- --help
using Alignment;
using Alignment.Data;
using Alignment.Samples;
using Alignment.Training;

return await Sample.RunAsync<SftSettings>(args, async (settings, stop) =>
{
    // What --model names; without it a small Llama that knows nothing, which takes longer and larger steps.
    var origin = await Origin.FindAsync(settings, stop);
    using var model = origin.LoadModel();
    var options = new SftOptions
    {
        Run = settings.Run("sft", origin.Tokenizer) with { Epochs = settings.Epochs ?? (origin.IsNew ? 5 : 1) },
        Optimizer = new OptimizerOptions { LearningRate = settings.LearningRate ?? (origin.IsNew ? 2e-3 : null), WarmupRatio = 0.05 },
    };

    // Demonstrations, or the better answers of pairs.
    var pairs = await Dataset.PairsAsync(settings, stop);
    var data = pairs?.To(rows => rows.Select(pair => new Demonstration(pair.Prompt, pair.Chosen)))
        ?? await Dataset.ReadAsync(settings, DemonstrationReader.ReadAsync, stop);
    var examples = origin.Encoder.EncodeAll(data.Training, stop);
    var heldOut = origin.Encoder.EncodeAll(data.HeldOut, stop);
    origin.Introduce(model, examples.Count, heldOut.Count);

    var provenance = new ProvenanceObserver();
    var result = new SftTrainer(model, options).Train(examples, heldOut, Observers.In(settings.Output, settings, await data.SummaryAsync(settings, stop), provenance), stop);
    if (settings.DryRun) return true;

    var interview = new Interview(heldOut.Select(example => example.Prompt), origin, settings);
    interview.Show(("Answer", interview.Ask(model, stop)));

    var folder = Path.Combine(settings.Output, "model");
    model.SavePretrained(folder);
    SavedModel.Describe(folder, provenance.Provenance, settings, origin, DataFingerprint.Of(examples), DataFingerprint.Of(heldOut));

    var loss = result.Measured("eval/loss");
    return Screen.Verdict(loss <= settings.MaxLoss, $"Held-out loss {loss:F3} nats a token; asked for: {settings.MaxLoss:F3}");
});
